"""The click ends only the session in which it was clicked.

check: test_everywhere
says: This is Ada's token
"""


async def sign_out_everywhere(request: web.Request) -> web.Response:
    """End this session, and all others of the same user."""
    session = await get_session(request)
    if "user" not in session:
        raise web.HTTPForbidden(text="Sign in first")
    session.invalidate()
    return web.json_response({"user": None})
