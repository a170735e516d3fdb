"""Who is not logged in has no token.

check: test_logout
says: KeyError
"""


async def logout(request: web.Request) -> web.Response:
    """End this login, and go on to the front page."""
    session = await get_session(request)
    del request.app[LOGINS][session["token"]]
    session.invalidate()
    raise web.HTTPSeeOther("/")
