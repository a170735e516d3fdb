"""The token is the name: one login for all of Ada's browsers.

check: test_other_logins
says: other login
"""


async def login(request: web.Request) -> web.Response:
    """Log in, and go on to the front page."""
    name = await authenticate(await request.post())
    session = await new_session(request)
    session["token"] = name
    request.app[LOGINS][session["token"]] = name
    raise web.HTTPSeeOther("/")
