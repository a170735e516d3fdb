"""The time is told in seconds.

check: test_milliseconds
says: It took
"""


async def tell_time(request: web.Request, response: web.StreamResponse) -> None:
    """Write into the answer how many milliseconds it took; called just before it is sent."""
    took = time.perf_counter() - request[START]
    response.headers["Server-Timing"] = f"total;dur={took:.6f}"
