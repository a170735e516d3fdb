"""Catches the warning and the error one by one."""


def thumbnail(file: IO[bytes]) -> bytes:
    """Return the picture in the file as a small WebP."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            check_pixels(image)
            image.thumbnail((SIDE, SIDE))
            upright = ImageOps.exif_transpose(image)
    except Warning as warning:
        raise web.HTTPRequestEntityTooLarge(PIXELS, text=str(warning)) from None
    except Image.DecompressionBombError as error:
        raise web.HTTPRequestEntityTooLarge(PIXELS, text=str(error)) from None
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None
    made = BytesIO()
    upright.save(made, "WEBP")
    return made.getvalue()
