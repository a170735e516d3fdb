"""Only the last address is kept.

check: test_create
says: Two addresses need two links
"""


async def create(request: web.Request) -> web.Response:
    """Keep an address and tell the short one."""
    links = request.app[LINKS]
    if len(links) >= ROOM:
        raise web.HTTPInsufficientStorage(text="There is no room for another link")
    url = safe(await read_url(request))
    links[:] = [url]
    short = request.app.router["link"].url_for(number=str(len(links)))
    return web.Response(status=201, text=str(short), headers={"Location": str(short)})
