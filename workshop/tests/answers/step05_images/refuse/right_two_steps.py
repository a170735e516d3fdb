"""Opens, looks and decodes in three steps."""


def look_at(file: IO[bytes]) -> None:
    """Raise the exception whose status says why the file cannot be shown."""
    try:
        image = Image.open(file, formats=FORMATS)
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="No JPEG and no PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="Not even its header is whole") from None
    if image.width * image.height > PIXELS:
        raise web.HTTPRequestEntityTooLarge(PIXELS)
    try:
        image.load()
    except Exception as error:
        raise web.HTTPUnprocessableEntity(text=f"It cannot be read: {error}") from None
