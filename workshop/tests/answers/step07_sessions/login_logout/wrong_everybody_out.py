"""The logout ends all logins.

check: test_other_logins
says: other login
"""


async def logout(request: web.Request) -> web.Response:
    """End this login, and go on to the front page."""
    session = await get_session(request)
    request.app[LOGINS].clear()
    session.invalidate()
    raise web.HTTPSeeOther("/")
