"""Whatever Pillow opens is taken.

check: test_no_picture
says: must be refused with 415, not 201
"""


def look_at(file: IO[bytes]) -> None:
    """Raise the exception whose status says why the file cannot be shown."""
    try:
        with Image.open(file) as image:
            if image.width * image.height > PIXELS:
                raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
            image.load()
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None
