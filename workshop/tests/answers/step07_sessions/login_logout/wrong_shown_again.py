"""A wrong password is answered with 200.

check: test_refused
says: 401
"""


async def login(request: web.Request) -> web.Response:
    """Log in, and go on to the front page."""
    try:
        name = await authenticate(await request.post())
    except web.HTTPUnauthorized:
        return web.Response(text="Name or password is wrong")
    session = await new_session(request)
    session["token"] = secrets.token_urlsafe(32)
    request.app[LOGINS][session["token"]] = name
    raise web.HTTPSeeOther("/")
