"""The link is made, but the status says 200.

check: test_create
says: POST /links answers 201
"""


async def create(request: web.Request) -> web.Response:
    """Keep an address and tell the short one."""
    links = request.app[LINKS]
    if len(links) >= ROOM:
        raise web.HTTPInsufficientStorage(text="There is no room for another link")
    url = safe(await read_url(request))
    links.append(url)
    short = request.app.router["link"].url_for(number=str(len(links)))
    return web.Response(text=str(short), headers={"Location": str(short)})
