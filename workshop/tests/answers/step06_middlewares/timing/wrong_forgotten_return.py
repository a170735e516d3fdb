"""The answer of the handler is not returned.

check: test_tells_the_time
says: return
"""


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    request[START] = time.perf_counter()
    await handler(request)
