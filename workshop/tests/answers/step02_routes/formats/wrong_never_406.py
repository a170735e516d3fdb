"""JSON is sent to those who want neither.

check: test_nothing_fits
says: must be answered with 406
"""


async def people(request: web.Request) -> web.Response:
    """Show the people in the format that the client likes best."""
    accept = request.headers.get("Accept") or "*/*"
    kind = max(FORMATS, key=lambda offer: quality(offer, accept))
    return web.Response(text=FORMATS[kind](), content_type=kind, headers={"Vary": "Accept"})
