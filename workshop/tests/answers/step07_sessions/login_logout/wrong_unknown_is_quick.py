"""An unknown name is refused without any work.

check: test_hashing
says: Nothing was hashed for Alan
"""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if name not in USERS:
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    if not await asyncio.to_thread(verify_password, password, USERS[name]):
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    return name
