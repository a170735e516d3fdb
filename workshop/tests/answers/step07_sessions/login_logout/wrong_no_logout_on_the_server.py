"""Only the cookie is emptied; its copy stays good.

check: test_old_cookie
says: still logged in as Ada
"""


async def logout(request: web.Request) -> web.Response:
    """End this login, and go on to the front page."""
    session = await get_session(request)
    session.invalidate()
    raise web.HTTPSeeOther("/")
