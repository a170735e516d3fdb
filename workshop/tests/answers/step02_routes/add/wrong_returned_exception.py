"""The 400 is returned, not raised, so its caller adds it to a number.

check: test_missing
says: A missing number is a 400
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    text = request.query.get(name, "")
    if not WHOLE.fullmatch(text):
        return web.HTTPBadRequest(text=f"{name} must be a whole number of 1 to 15 digits")
    return int(text)
