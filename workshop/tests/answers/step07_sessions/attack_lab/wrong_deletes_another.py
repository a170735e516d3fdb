"""The wrong number is deleted.

check: test_honest
says: Post 1 is still there
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
        raise web.HTTPForbidden(text=f"This post belongs to {post.owner}")
    request.app[POSTS].popitem()
    raise web.HTTPSeeOther("/")
