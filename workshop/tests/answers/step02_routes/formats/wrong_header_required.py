"""Without the header Accept there is a KeyError, and so a 500.

check: test_json_unless_told
says: Without a wish
"""


async def people(request: web.Request) -> web.Response:
    """Show the people in the format that the client likes best."""
    accept = request.headers["Accept"]
    kind = max(FORMATS, key=lambda offer: quality(offer, accept))
    if quality(kind, accept) == 0:
        raise web.HTTPNotAcceptable(text=f"The people come as {' or '.join(FORMATS)}")
    return web.Response(text=FORMATS[kind](), content_type=kind, headers={"Vary": "Accept"})
