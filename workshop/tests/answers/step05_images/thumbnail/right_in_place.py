"""Turns the picture in place, after it was made small."""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    made = BytesIO()
    with Image.open(file) as image:
        image.thumbnail((SIDE, SIDE))
        ImageOps.exif_transpose(image, in_place=True)
        image.save(made, format="webp")
    return made.getvalue()
