"""verify() does not decode, so half a JPEG passes.

check: test_cut_off
says: Half a JPEG must be refused with 422
"""


def look_at(file: IO[bytes]) -> None:
    """Raise the exception whose status says why the file cannot be shown."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > PIXELS:
                raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
            image.verify()
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None
