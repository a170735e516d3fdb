"""The token is asked for when a post is deleted, but not at the login.

check: test_token
says: The login needs it too
"""


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    return fields


async def delete(request: web.Request) -> web.Response:
    """Delete a post and go back to the list."""
    await check_token(request, await read_form(request))
    session = await aiohttp_session.get_session(request)
    number = int(request.match_info["number"])
    post = request.app[POSTS].get(number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    if session.get("user") != post.owner:
        raise web.HTTPForbidden(text=f"This post belongs to {post.owner}")
    del request.app[POSTS][number]
    raise web.HTTPSeeOther("/")
