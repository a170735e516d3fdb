"""The first entry that fits is taken; the weights are not read.

check: test_weights
says: The higher weight wins
"""


async def people(request: web.Request) -> web.Response:
    """Show the people in the format that the client likes best."""
    accept = request.headers.get("Accept") or "*/*"
    names = [take_apart(entry)[0] for entry in accept.split(",")]
    kind = next((name for name in names if name in FORMATS), "application/json")
    if quality(kind, accept) == 0:
        raise web.HTTPNotAcceptable(text=f"The people come as {' or '.join(FORMATS)}")
    return web.Response(text=FORMATS[kind](), content_type=kind, headers={"Vary": "Accept"})
