"""The formats are sorted by weight; the 406 is a response, not an exception."""


async def people(request: web.Request) -> web.Response:
    """Show the people in the format that the client likes best."""
    accept = request.headers.get("Accept", "*/*") or "*/*"
    ranked = sorted(FORMATS, key=lambda offer: -quality(offer, accept))
    if quality(ranked[0], accept) <= 0:
        return web.Response(status=406, text="JSON or CSV")
    response = web.Response(text=FORMATS[ranked[0]](), content_type=ranked[0])
    response.headers["Vary"] = "Accept"
    return response
