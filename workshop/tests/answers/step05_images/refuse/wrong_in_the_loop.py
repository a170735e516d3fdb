"""The picture is decoded in the event loop.

check: test_in_a_thread
says: runs in the event loop
"""


async def bytes_of(form: Mapping[str, object]) -> bytes:
    """Return the picture of a form; refuse what is none."""
    image = form.get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    look_at(image.file)
    image.file.seek(0)
    return image.file.read()
