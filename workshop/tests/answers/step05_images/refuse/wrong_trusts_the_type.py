"""The content type that the sender claims is believed.

check: test_no_picture
says: must be refused with 415, not 201
"""


async def bytes_of(form: Mapping[str, object]) -> bytes:
    """Return the picture of a form; refuse what is none."""
    image = form.get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    if image.content_type not in {"image/png", "image/jpeg"}:
        raise web.HTTPUnsupportedMediaType(text="Send a PNG")
    image.file.seek(0)
    return image.file.read()
