"""The redirect is a 302.

check: test_login
says: 303
"""


async def login(request: web.Request) -> web.Response:
    """Log in, and go on to the front page."""
    name = await authenticate(await request.post())
    session = await new_session(request)
    session["token"] = secrets.token_urlsafe(32)
    request.app[LOGINS][session["token"]] = name
    raise web.HTTPFound("/")


async def logout(request: web.Request) -> web.Response:
    """End this login, and go on to the front page."""
    session = await get_session(request)
    request.app[LOGINS].pop(session.get("token", ""), None)
    session.invalidate()
    raise web.HTTPFound("/")
