"""All clients share one limit.

check: test_behind_a_proxy
says: refused for what another one did
"""


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 to a client that asks too often, and say in Retry-After when to come again."""
    seconds = request.app[LIMITER].wait("everybody", request.app[CLOCK]())
    if seconds > 0:
        headers = {"Retry-After": str(math.ceil(seconds))}
        raise web.HTTPTooManyRequests(text="Not so fast", headers=headers)
    return await handler(request)
