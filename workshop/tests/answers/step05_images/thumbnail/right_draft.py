"""Lets a JPEG be decoded smaller, and converts at the end."""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    with Image.open(file) as image:
        image.draft(None, (2 * SIDE, 2 * SIDE))
        image.load()
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    made = BytesIO()
    upright.save(made, "WEBP", exif=b"")
    return made.getvalue()
