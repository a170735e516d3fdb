"""The form is there, but the route still takes every method, and only POST is checked.

check: test_get
says: A picture can do that
"""


async def delete(request: web.Request) -> web.Response:
    """Delete a post and go back to the list."""
    if request.method == "POST":
        await read_form(request)
    session = await aiohttp_session.get_session(request)
    number = int(request.match_info["number"])
    post = request.app[POSTS].get(number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    if session.get("user") != post.owner:
        raise web.HTTPForbidden(text=f"This post belongs to {post.owner}")
    del request.app[POSTS][number]
    raise web.HTTPSeeOther("/")


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
    app.add_routes([web.route("*", "/{number:[0-9]{1,9}}/delete", delete)])
    return app
