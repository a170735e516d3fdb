"""The picture is turned, and the note is kept, so that a browser turns it again.

check: test_upright
says: still says: turn me
"""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    with Image.open(file) as image:
        note = image.info.get("exif", b"")
        upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE))
    made = BytesIO()
    upright.save(made, "WEBP", exif=note)
    return made.getvalue()
