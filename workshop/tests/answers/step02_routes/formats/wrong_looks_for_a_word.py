"""CSV whenever the header has the word in it; the weights are not read.

check: test_weights
says: The higher weight wins
"""


async def people(request: web.Request) -> web.Response:
    """Show the people in the format that the client likes best."""
    accept = request.headers.get("Accept") or "*/*"
    if not any(quality(kind, accept) for kind in FORMATS):
        raise web.HTTPNotAcceptable
    kind = "text/csv" if "csv" in accept else "application/json"
    return web.Response(text=FORMATS[kind](), content_type=kind, headers={"Vary": "Accept"})
