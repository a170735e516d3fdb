"""The token is kept, but the browser does not get it.

check: test_login
says: came
"""


async def login(request: web.Request) -> web.Response:
    """Log in, and go on to the front page."""
    name = await authenticate(await request.post())
    request.app[LOGINS][secrets.token_urlsafe(32)] = name
    raise web.HTTPSeeOther("/")
