"""A photo of 12 million pixels is refused, since nobody makes it smaller first.

check: test_photos
says: A photo of 4000 × 3000 must be taken
"""


def check_pixels(image: Image.Image) -> None:
    """Refuse a picture that would need too much memory, before it is decoded."""
    if image.width * image.height > PIXELS:
        raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels")
