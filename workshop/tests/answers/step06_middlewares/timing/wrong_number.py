"""The header's value is a number, not text.

check: test_tells_the_time
says: str
"""


async def tell_time(request: web.Request, response: web.StreamResponse) -> None:
    """Write into the answer how many milliseconds it took; called just before it is sent."""
    took = 1000 * (time.perf_counter() - request[START])
    response.headers["Server-Timing"] = took
