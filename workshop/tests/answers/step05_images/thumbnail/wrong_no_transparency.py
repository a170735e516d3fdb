"""convert("RGB") throws away what could be seen through.

check: test_transparent
says: The clear half of a PNG is filled
"""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((SIDE, SIDE))
    made = BytesIO()
    upright.save(made, "WEBP")
    return made.getvalue()
