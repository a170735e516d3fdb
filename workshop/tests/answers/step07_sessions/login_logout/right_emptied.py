"""The old session is emptied in place of a new one; the exceptions carry other texts."""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if not await asyncio.to_thread(verify_password, password, USERS.get(name, NOBODY)):
        raise web.HTTPUnauthorized(text="No")
    return name


async def login(request: web.Request) -> web.Response:
    """Log in, and go on to the front page."""
    name = await authenticate(await request.post())
    session = await get_session(request)
    session.clear()
    token = secrets.token_urlsafe()
    session["token"] = token
    request.app[LOGINS].update({token: name})
    raise web.HTTPSeeOther(location="/")


async def logout(request: web.Request) -> web.Response:
    """End this login, and go on to the front page."""
    session = await get_session(request)
    token = session.get("token")
    if token in request.app[LOGINS]:
        del request.app[LOGINS][token]
    session.clear()
    session.changed()
    raise web.HTTPSeeOther(location="/")
