"""The answer does not say which title was kept.

check: test_takes_pictures
says: must have its title
"""


async def add(request: web.Request) -> web.Response:
    """Keep a title and its picture."""
    form = await read_form(request)
    try:
        title = text_of(form, "title", 100)
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None
    image = await bytes_of(form)
    request.app[ALBUM][title] = image
    return web.json_response({}, status=201)
