"""thumbnail(...) is called first, and its result is handed to the thread.

check: test_off_the_loop
says: 200
"""


async def make(request: web.Request) -> web.Response:
    """Answer with the thumbnail of the picture that the form holds."""
    image = (await read_form(request)).get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    loop = asyncio.get_running_loop()
    small = await loop.run_in_executor(request.app[IMAGE_EXECUTOR], thumbnail(image.file))
    return web.Response(body=small, content_type="image/webp")
