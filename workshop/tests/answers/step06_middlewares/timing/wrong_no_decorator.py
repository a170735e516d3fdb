"""The middleware has no decorator.

check: test_tells_the_time
says: lacks its decorator
"""


async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    request[START] = time.perf_counter()
    return await handler(request)
