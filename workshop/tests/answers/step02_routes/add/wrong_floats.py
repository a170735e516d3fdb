"""The numbers are read as floats, so 2 and 3 make 5.0.

check: test_adds
says: GET /add?first=2&second=3 answers 5
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    try:
        return float(request.query.get(name, ""))
    except ValueError:
        raise web.HTTPBadRequest(text=f"{name} must be a whole number") from None
