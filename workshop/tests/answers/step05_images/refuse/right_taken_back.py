"""Takes the title out again when the picture is refused; answers with a plain string."""


async def add(request: web.Request) -> web.Response:
    """Keep a title and its picture."""
    form = await read_form(request)
    try:
        title = text_of(form, "title", 100)
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None
    album = request.app[ALBUM]
    before = album.get(title)
    album[title] = b""
    try:
        album[title] = await bytes_of(form)
    except web.HTTPException:
        del album[title]
        if before is not None:
            album[title] = before
        raise
    return web.Response(text=title, status=201)
