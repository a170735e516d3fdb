"""The login is gone, the session is not.

check: test_logout
says: empty session
"""


async def logout(request: web.Request) -> web.Response:
    """End this login, and go on to the front page."""
    session = await get_session(request)
    request.app[LOGINS].pop(session.get("token", ""), None)
    raise web.HTTPSeeOther("/")
