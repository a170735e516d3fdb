"""What Pillow raises is not caught.

check: test_cut_off
says: Half a PNG must be refused with 422, not 500
"""


def look_at(file: IO[bytes]) -> None:
    """Raise the exception whose status says why the file cannot be shown."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > PIXELS:
                raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
            image.load()
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
