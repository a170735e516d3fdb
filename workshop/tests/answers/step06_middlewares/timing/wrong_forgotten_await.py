"""The handler is called and not awaited.

check: test_tells_the_time
says: await
"""


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    request[START] = time.perf_counter()
    return handler(request)  # type: ignore[return-value]
