"""Retry-After is rounded down: who obeys is refused again.

check: test_retry_after
says: 6
"""


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 to a client that asks too often, and say in Retry-After when to come again."""
    seconds = request.app[LIMITER].wait(request.remote or "", request.app[CLOCK]())
    if seconds > 0:
        headers = {"Retry-After": str(math.floor(seconds))}
        raise web.HTTPTooManyRequests(text="Not so fast", headers=headers)
    return await handler(request)
