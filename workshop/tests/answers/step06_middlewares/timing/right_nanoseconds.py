"""Counts in nanoseconds and adds the header with `add`."""

START = web.RequestKey("start", int)


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    request[START] = time.perf_counter_ns()
    return await handler(request)


async def tell_time(request: web.Request, response: web.StreamResponse) -> None:
    """Write into the answer how many milliseconds it took; called just before it is sent."""
    took = (time.perf_counter_ns() - request[START]) / 1_000_000
    response.headers.add("Server-Timing", f"total;dur={took:.3f}")
