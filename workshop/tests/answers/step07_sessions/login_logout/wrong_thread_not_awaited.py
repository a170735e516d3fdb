"""The coroutine of to_thread is always true.

check: test_refused
says: must be refused with 401
"""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if not asyncio.to_thread(verify_password, password, USERS.get(name, NOBODY)):
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    return name
