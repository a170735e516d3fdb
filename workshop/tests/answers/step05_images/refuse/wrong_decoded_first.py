"""Asks for the number of pixels when they are decoded already.

check: test_too_large
says: Ask for the size before you decode
"""


def look_at(file: IO[bytes]) -> None:
    """Raise the exception whose status says why the file cannot be shown."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            image.load()
            if image.width * image.height > PIXELS:
                raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None
