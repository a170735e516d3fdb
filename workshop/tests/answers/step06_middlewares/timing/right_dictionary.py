"""Keeps the times in a dictionary, and takes each out again."""

START: dict[int, float] = {}


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    START[id(request)] = time.perf_counter()
    return await handler(request)


async def tell_time(request: web.Request, response: web.StreamResponse) -> None:
    """Write into the answer how many milliseconds it took; called just before it is sent."""
    took = 1000 * (time.perf_counter() - START.pop(id(request)))
    response.headers["Server-Timing"] = f"total;dur={took:.1f}"
