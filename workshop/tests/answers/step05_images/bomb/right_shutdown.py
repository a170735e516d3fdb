"""Makes the thread by hand, and shuts it down."""


async def image_executor(app: web.Application) -> AsyncIterator[None]:
    """Keep one thread for pictures: however many come at once, one is in memory."""
    app[IMAGE_EXECUTOR] = ThreadPoolExecutor(1, thread_name_prefix="image_executor")
    yield
    app[IMAGE_EXECUTOR].shutdown()
