"""Nobody asks whether the field is a file.

check: test_no_file
says: each is a 422
"""


async def bytes_of(form: Mapping[str, object]) -> bytes:
    """Return the picture of a form; refuse what is none."""
    image = form.get("image")
    await asyncio.to_thread(look_at, image.file)
    image.file.seek(0)
    return image.file.read()
