"""A name that nobody has is a KeyError.

check: test_refused
says: KeyError
"""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if not await asyncio.to_thread(verify_password, password, USERS[name]):
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    return name
