"""A star is answered before anybody looks whether the picture is there.

check: test_missing
says: 404
"""


async def show(request: web.Request) -> web.Response:
    """Answer with the picture, or with 304 when the client has it."""
    if is_known(request, ""):
        raise web.HTTPNotModified()
    data = request.app[PICTURES].get(request.match_info["name"])
    if data is None:
        raise web.HTTPNotFound(text="There is no such picture")
    etag = etag_of(data)
    headers = {"ETag": f'"{etag}"', "Cache-Control": "no-cache"}
    if is_known(request, etag):
        raise web.HTTPNotModified(headers=headers)
    return web.Response(body=data, content_type="image/svg+xml", headers=headers)
