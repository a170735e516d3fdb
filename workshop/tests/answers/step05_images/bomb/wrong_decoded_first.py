"""The picture is decoded before anybody looks at its size.

check: test_bombs
says: must be refused with 413, not 422
"""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            image.load()
            check_pixels(image)
            image.thumbnail((SIDE, SIDE))
            upright = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise web.HTTPRequestEntityTooLarge(PIXELS, text="Too many pixels") from None
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None
    made = BytesIO()
    upright.save(made, "WEBP")
    return made.getvalue()
