"""The tag is looked for anywhere in the header.

check: test_changed
says: is not
"""


def is_known(request: web.Request, etag: str) -> bool:
    """Return whether the client has these bytes already."""
    known = request.headers.get("If-None-Match", "").strip('"')
    return known == "*" or etag in known or (known != "" and known in etag)


async def show(request: web.Request) -> web.Response:
    """Answer with the picture, or with 304 when the client has it."""
    data = request.app[PICTURES].get(request.match_info["name"])
    if data is None:
        raise web.HTTPNotFound(text="There is no such picture")
    etag = etag_of(data)
    headers = {"ETag": f'"{etag}"', "Cache-Control": "no-cache"}
    if is_known(request, etag):
        raise web.HTTPNotModified(headers=headers)
    return web.Response(body=data, content_type="image/svg+xml", headers=headers)
