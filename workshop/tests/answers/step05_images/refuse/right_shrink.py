"""Looks at the format by hand, and decodes by making a copy."""


def look_at(file: IO[bytes]) -> None:
    """Raise the exception whose status says why the file cannot be shown."""
    try:
        with Image.open(file) as image:
            if image.format not in FORMATS:
                raise web.HTTPUnsupportedMediaType(text="Send a JPEG or a PNG")
            if image.size[0] * image.size[1] > PIXELS:
                raise web.HTTPRequestEntityTooLarge(PIXELS, image.size[0] * image.size[1])
            image.convert("RGB")
    except UnidentifiedImageError:
        raise web.HTTPUnsupportedMediaType(text="Send a picture") from None
    except DAMAGED:
        raise web.HTTPUnprocessableEntity(text="This picture is damaged") from None
