"""The path is put together by hand, so it is wrong below another app.

check: test_mounted_elsewhere
says: Mounted below /short
"""


async def create(request: web.Request) -> web.Response:
    """Keep an address and tell the short one."""
    links = request.app[LINKS]
    if len(links) >= ROOM:
        raise web.HTTPInsufficientStorage(text="There is no room for another link")
    url = safe(await read_url(request))
    links.append(url)
    short = f"/l/{len(links)}"
    return web.Response(status=201, text=str(short), headers={"Location": str(short)})
