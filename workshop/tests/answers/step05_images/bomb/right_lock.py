"""Lets only one request at a time into to_thread."""

TURN = web.AppKey("turn", asyncio.Semaphore)
IMAGE_EXECUTOR = web.AppKey("image_executor", ThreadPoolExecutor)


async def image_executor(app: web.Application) -> AsyncIterator[None]:
    """Keep one thread for pictures: however many come at once, one is in memory."""
    app[IMAGE_EXECUTOR] = ThreadPoolExecutor()
    app[TURN] = asyncio.Semaphore(1)
    with app[IMAGE_EXECUTOR]:
        yield


async def make(request: web.Request) -> web.Response:
    """Answer with the thumbnail of the picture that the form holds."""
    image = (await read_form(request)).get("image")
    if not isinstance(image, web.FileField):
        raise web.HTTPUnprocessableEntity(text="image must be a file")
    async with request.app[TURN]:
        small = await asyncio.to_thread(thumbnail, image.file)
    return web.Response(body=small, content_type="image/webp")
