"""The file is read from where Pillow stopped.

check: test_takes_pictures
says: Other bytes are kept
"""


async def bytes_of(form: Mapping[str, object]) -> bytes:
    """Return the picture of a form; refuse what is none."""
    image = form.get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    await asyncio.to_thread(look_at, image.file)
    return image.file.read()
