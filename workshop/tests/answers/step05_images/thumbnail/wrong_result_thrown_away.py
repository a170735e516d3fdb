"""exif_transpose returns a new picture; here nobody takes it.

check: test_upright
says: Orientation 6: (80, 40) came
"""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    upright = Image.open(file)
    ImageOps.exif_transpose(upright)
    upright.thumbnail((SIDE, SIDE))
    made = BytesIO()
    upright.save(made, "WEBP")
    return made.getvalue()
