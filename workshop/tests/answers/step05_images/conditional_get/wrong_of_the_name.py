"""The tag is made of the name, so a new picture keeps the old tag.

check: test_changed
says: 200 was wanted
"""


async def show(request: web.Request) -> web.Response:
    """Answer with the picture, or with 304 when the client has it."""
    data = request.app[PICTURES].get(request.match_info["name"])
    if data is None:
        raise web.HTTPNotFound(text="There is no such picture")
    etag = etag_of(request.match_info["name"].encode())
    headers = {"ETag": f'"{etag}"', "Cache-Control": "no-cache"}
    if is_known(request, etag):
        raise web.HTTPNotModified(headers=headers)
    return web.Response(body=data, content_type="image/svg+xml", headers=headers)
