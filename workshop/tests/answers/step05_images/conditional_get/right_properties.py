"""Sets the headers through the properties of the response."""


async def show(request: web.Request) -> web.Response:
    """Answer with the picture, or with 304 when the client has it."""
    data = request.app[PICTURES].get(request.match_info["name"])
    if data is None:
        raise web.HTTPNotFound(text="There is no such picture")
    response = web.Response(body=data, content_type="image/svg+xml")
    response.etag = etag_of(data)
    response.headers["Cache-Control"] = "no-cache"
    if is_known(request, etag_of(data)):
        response = web.Response(status=304, headers=response.headers)
        del response.headers["Content-Type"]
    return response
