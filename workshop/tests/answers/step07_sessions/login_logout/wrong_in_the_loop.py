"""The password is hashed in the event loop.

check: test_hashing
says: The hashing takes 0.3 seconds in this check, and runs in the event loop
"""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if not verify_password(password, USERS.get(name, NOBODY)):
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    return name
