"""The loop's executor, hex tokens, a new session after the logout as well."""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if not await asyncio.get_running_loop().run_in_executor(
        None, verify_password, password, USERS.get(name) or NOBODY
    ):
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    return name


async def login(request: web.Request) -> web.Response:
    """Log in, and go on to the front page."""
    name = await authenticate(await request.post())
    session = await new_session(request)
    session["token"] = secrets.token_hex()
    request.app[LOGINS][session["token"]] = name
    raise web.HTTPSeeOther("/")


async def logout(request: web.Request) -> web.Response:
    """End this login, and go on to the front page."""
    session = await get_session(request)
    request.app[LOGINS].pop(session.get("token", ""), None)
    (await new_session(request)).invalidate()
    raise web.HTTPSeeOther("/")
