"""The name is taken as it came, and it came as a file.

check: test_refused
says: A file in the field name must be refused with 401, not 500
"""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = form.get("name", ""), str(form.get("password", ""))
    if not await asyncio.to_thread(verify_password, password, USERS.get(name, NOBODY)):
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    return name
