"""Routes by decorator, a view with the method post, and the owner compared the other way round."""


async def delete(request: web.Request) -> web.Response:
    """Delete a post and go back to the list."""
    await read_form(request)
    session = await aiohttp_session.get_session(request)
    number = int(request.match_info["number"])
    post = request.app[POSTS].get(number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    if post.owner == session.get("user"):
        del request.app[POSTS][number]
        return web.Response(status=303, headers={"Location": "/"})
    return web.Response(status=403, text="Not yours")


class Delete(web.View):
    """Deletes by POST."""

    async def post(self) -> web.StreamResponse:
        """Delete a post."""
        return await delete(self.request)


def create_app() -> web.Application:
    """Make the application with three posts, and a code for each user."""
    app = web.Application(middlewares=[aiohttp_session.session_middleware(storage())])
    app[CODES] = {secrets.token_hex(8): name for name in ("Ada", "Grace")}
    app[POSTS] = {
        1: Post("Ada", "Notes on the Analytical Engine"),
        2: Post("Grace", "A moth in relay 70"),
        3: Post("Ada", "A letter to Mr Babbage"),
    }
    app.add_routes([web.get("/", show), web.post("/login", login)])
    app.add_routes([web.view("/{number:[0-9]{1,9}}/delete", Delete)])
    return app
