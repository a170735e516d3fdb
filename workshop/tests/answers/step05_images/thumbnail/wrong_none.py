"""thumbnail() changes the picture in place and returns None.

check: test_small
says: A picture of 720 × 360
"""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image)
    upright = upright.thumbnail((SIDE, SIDE))
    made = BytesIO()
    upright.save(made, "WEBP")
    return made.getvalue()
