"""Uses ImageOps.contain for large pictures."""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    image = ImageOps.exif_transpose(Image.open(file))
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if max(image.size) > SIDE:
        image = ImageOps.contain(image, (SIDE, SIDE))
    made = BytesIO()
    image.save(made, "WEBP", quality=90)
    return made.getvalue()
