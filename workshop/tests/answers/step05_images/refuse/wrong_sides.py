"""Each side is compared with the limit, not their product.

check: test_too_large
says: A picture with more than PIXELS
"""


def look_at(file: IO[bytes]) -> None:
    """Raise the exception whose status says why the file cannot be shown."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width > PIXELS or image.height > PIXELS:
                raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
            image.load()
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None
