"""The picture is squashed into a square.

check: test_small
says: A picture of 720 × 360 comes back
"""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image)
    upright = upright.resize((SIDE, SIDE))
    made = BytesIO()
    upright.save(made, "WEBP")
    return made.getvalue()
