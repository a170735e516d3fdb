"""A photo of just PHOTO pixels is refused.

check: test_photos
says: A photo of 10000 × 5000 must be taken
"""


def check_pixels(image: Image.Image) -> None:
    """Refuse a picture that would need too much memory, before it is decoded."""
    if image.width * image.height < PHOTO and "progressive" not in image.info:
        image.draft(None, (SIDE, SIDE))
    if image.width * image.height > PIXELS:
        raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
