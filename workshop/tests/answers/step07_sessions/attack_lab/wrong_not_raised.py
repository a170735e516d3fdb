"""The exception is made, and not raised.

check: test_owner
says: that must be a 403
"""


async def delete(request: web.Request) -> web.Response:
    """Delete a post and go back to the list."""
    await read_form(request)
    session = await aiohttp_session.get_session(request)
    number = int(request.match_info["number"])
    post = request.app[POSTS].get(number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    if session.get("user") != post.owner:
        web.HTTPForbidden(text=f"This post belongs to {post.owner}")
    del request.app[POSTS][number]
    raise web.HTTPSeeOther("/")
