"""The function itself is sent, not what it returns.

check: test_csv
says: With Accept: text/csv
"""


async def people(request: web.Request) -> web.Response:
    """Show the people in the format that the client likes best."""
    accept = request.headers.get("Accept") or "*/*"
    kind = max(FORMATS, key=lambda offer: quality(offer, accept))
    if quality(kind, accept) == 0:
        raise web.HTTPNotAcceptable(text=f"The people come as {' or '.join(FORMATS)}")
    return web.Response(text=str(FORMATS[kind]), content_type=kind, headers={"Vary": "Accept"})
