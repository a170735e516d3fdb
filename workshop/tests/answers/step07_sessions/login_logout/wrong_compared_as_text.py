"""What is kept is compared with what was typed.

check: test_login
says: came
"""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if password != USERS.get(name):
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    return name
