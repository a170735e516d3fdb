"""A small picture is made larger.

check: test_shape
says: (30, 20) became (240, 160)
"""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image)
    upright = ImageOps.contain(upright, (SIDE, SIDE))
    made = BytesIO()
    upright.save(made, "WEBP")
    return made.getvalue()
