"""The picture is decoded in the event loop.

check: test_off_the_loop
says: Decoding takes 0.3 seconds in this check, and runs in the event loop
"""


async def make(request: web.Request) -> web.Response:
    """Answer with the thumbnail of the picture that the form holds."""
    image = (await read_form(request)).get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    small = thumbnail(image.file)
    return web.Response(body=small, content_type="image/webp")
