"""Owner and cookie are checked; the post is still deleted by GET.

check: test_get
says: deleted Ada's post
"""


def delete_button(session: aiohttp_session.Session, number: int) -> str:
    """Return what deletes a post when it is clicked."""
    return f'<a href="/{number}/delete">Delete</a>'


async def delete(request: web.Request) -> web.Response:
    """Delete a post and go back to the list."""
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
    app.add_routes([web.get("/{number:[0-9]{1,9}}/delete", delete)])
    return app
