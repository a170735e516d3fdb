"""The text tells who has an account.

check: test_refused
says: tell what was wrong
"""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if not await asyncio.to_thread(verify_password, password, USERS.get(name, NOBODY)):
        text = "Wrong password" if name in USERS else "No such user"
        raise web.HTTPUnauthorized(text=text)
    if name not in USERS:
        raise web.HTTPUnauthorized(text="Unknown")
    return name
