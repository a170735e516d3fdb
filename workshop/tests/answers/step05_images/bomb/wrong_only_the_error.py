"""The warning, which is an error here, is not caught.

check: test_huge_bombs
says: 10000 × 10000 must be refused with 413
"""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            check_pixels(image)
            image.thumbnail((SIDE, SIDE))
            upright = ImageOps.exif_transpose(image)
    except Image.DecompressionBombError:
        raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels") from None
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None
    made = BytesIO()
    upright.save(made, "WEBP")
    return made.getvalue()
