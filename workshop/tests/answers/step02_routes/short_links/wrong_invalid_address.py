"""An address that URL() cannot read is a ValueError, and so a 500.

check: test_refuses
says: 'http://[::1' must be refused with 400
"""


def safe(text: str) -> URL:
    """Return the address that a link may lead to; anything else is refused."""
    url = URL(text)
    if url.scheme not in {"http", "https"} or not url.host:
        raise web.HTTPBadRequest(text="The address must start with http:// or https://")
    if len(text) > 2000 or not text.isprintable():
        raise web.HTTPBadRequest(text="The address must be short and without control characters")
    return url
