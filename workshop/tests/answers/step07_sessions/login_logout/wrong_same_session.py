"""The session of before goes on after the login.

check: test_new_session
says: empty session
"""


async def login(request: web.Request) -> web.Response:
    """Log in, and go on to the front page."""
    name = await authenticate(await request.post())
    session = await get_session(request)
    session["token"] = secrets.token_urlsafe(32)
    request.app[LOGINS][session["token"]] = name
    raise web.HTTPSeeOther("/")
