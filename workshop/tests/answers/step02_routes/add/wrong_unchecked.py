"""A missing number is a KeyError, and so a 500.

check: test_missing
says: A missing number is a 400
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    return int(request.query[name])
