"""Without the header there is nothing to go over.

check: test_sends_it
says: 200 was wanted
"""


def is_known(request: web.Request, etag: str) -> bool:
    """Return whether the client has these bytes already."""
    return any(known.value in {etag, "*"} for known in request.if_none_match)


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
