"""The numbers are looked for in the path instead of the query.

check: test_adds
says: GET /add?first=2&second=3 answers 5
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    text = request.match_info[name]
    if not WHOLE.fullmatch(text):
        raise web.HTTPBadRequest(text=f"{name} must be a whole number of 1 to 15 digits")
    return int(text)
