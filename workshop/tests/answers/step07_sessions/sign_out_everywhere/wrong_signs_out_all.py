"""Signing out of one browser ends the sessions of all.

check: test_sign_out
says: signed out as well
"""


async def sign_out(request: web.Request) -> web.Response:
    """End this session."""
    session = await get_session(request)
    request.app[LOCKERS].forget(session["user"])
    session.invalidate()
    return web.json_response({"user": None})
