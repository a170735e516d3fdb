"""The title is kept before the picture is looked at.

check: test_leaves_nothing
says: is not in the album
"""


async def add(request: web.Request) -> web.Response:
    """Keep a title and its picture."""
    form = await read_form(request)
    try:
        title = text_of(form, "title", 100)
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None
    request.app[ALBUM][title] = b""
    request.app[ALBUM][title] = await bytes_of(form)
    return web.json_response({"title": title}, status=201)
