"""The 400 does not say which number is bad.

check: test_missing
says: The reason must say that second is missing
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    try:
        return int(request.query.get(name, ""))
    except ValueError:
        raise web.HTTPBadRequest() from None
