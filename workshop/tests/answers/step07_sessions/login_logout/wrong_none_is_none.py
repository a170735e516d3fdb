"""A field that is not there is the word None.

check: test_refused
says: {'name': 'None'} must be refused with 401, not 303
"""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = str(form.get("name", "")), str(form.get("password"))
    if not await asyncio.to_thread(verify_password, password, USERS.get(name, NOBODY)):
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    return name
