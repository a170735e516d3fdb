"""Of two conditions one is enough.

check: test_photos
says: Too many pixels must be a 413, not 200
"""


def check_pixels(image: Image.Image) -> None:
    """Refuse a picture that would need too much memory, before it is decoded."""
    if image.width * image.height <= PHOTO or "progressive" not in image.info:
        image.draft(None, (SIDE, SIDE))
    if image.width * image.height > PIXELS:
        raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
