"""Asks the clock of the machine; nobody can turn that one.

check: test_retry_after
says: 7
"""


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 to a client that asks too often, and say in Retry-After when to come again."""
    seconds = request.app[LIMITER].wait(request.remote or "", time.monotonic())
    if seconds > 0:
        headers = {"Retry-After": str(math.ceil(seconds))}
        raise web.HTTPTooManyRequests(text="Not so fast", headers=headers)
    return await handler(request)
