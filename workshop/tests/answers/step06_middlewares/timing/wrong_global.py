"""One variable keeps the start of whichever request came last.

check: test_each_its_own
says: others came meanwhile
"""

START = [0.0]


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    START[0] = time.perf_counter()
    return await handler(request)


async def tell_time(request: web.Request, response: web.StreamResponse) -> None:
    """Write into the answer how many milliseconds it took; called just before it is sent."""
    took = 1000 * (time.perf_counter() - START[0])
    response.headers["Server-Timing"] = f"total;dur={took:.1f}"
