"""Step by step, and the browser is told to delete the cookie."""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = form.get("name"), form.get("password")
    if not isinstance(name, str) or not isinstance(password, str):
        name, password = "", ""
    known = name in USERS
    kept = USERS[name] if known else NOBODY
    right = await asyncio.to_thread(lambda: verify_password(password, kept))
    if known and right:
        return name
    raise web.HTTPUnauthorized(text="Name or password is wrong")


async def logout(request: web.Request) -> web.Response:
    """End this login, and go on to the front page."""
    session = await get_session(request)
    if "token" in session:
        request.app[LOGINS].pop(session["token"], None)
    session.invalidate()
    response = web.HTTPSeeOther("/")
    response.del_cookie("AIOHTTP_SESSION")
    raise response
