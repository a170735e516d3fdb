"""The 304 has no ETag of its own.

check: test_not_modified
says: A 304 has the ETag as well
"""


async def show(request: web.Request) -> web.Response:
    """Answer with the picture, or with 304 when the client has it."""
    data = request.app[PICTURES].get(request.match_info["name"])
    if data is None:
        raise web.HTTPNotFound(text="There is no such picture")
    etag = etag_of(data)
    headers = {"ETag": f'"{etag}"', "Cache-Control": "no-cache"}
    if is_known(request, etag):
        raise web.HTTPNotModified()
    return web.Response(body=data, content_type="image/svg+xml", headers=headers)
