"""The passwords stand in the code.

check: test_login
says: came
"""


async def authenticate(form: Mapping[str, object]) -> str:
    """Return the name whose password is in the form."""
    known = {"Ada": "it weaves flowers", "Grace": "a moth in the relay"}
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if known.get(name) != password:
        raise web.HTTPUnauthorized(text="Name or password is wrong")
    return name
