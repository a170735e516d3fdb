"""Computes the size, and turns the picture by the note in its EXIF data."""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}
    with Image.open(file) as image:
        orientation = image.getexif().get(0x0112)
        image = image.convert("RGBA")
    if orientation in turn:
        image = image.transpose(turn[orientation])
    share = min(1, SIDE / max(image.size))
    size = max(1, round(image.width * share)), max(1, round(image.height * share))
    image = image.resize(size)
    image.info.clear()
    image.getexif().clear()
    made = BytesIO()
    image.save(made, "WEBP", lossless=True)
    return made.getvalue()
