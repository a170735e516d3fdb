"""to_thread decodes all of them at once.

check: test_memory
says: threads decoded at once
"""


async def make(request: web.Request) -> web.Response:
    """Answer with the thumbnail of the picture that the form holds."""
    image = (await read_form(request)).get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    small = await asyncio.to_thread(thumbnail, image.file)
    return web.Response(body=small, content_type="image/webp")
