"""Refuses with 403: a client would never come again.

check: test_one_too_many
says: 403
"""


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 to a client that asks too often, and say in Retry-After when to come again."""
    seconds = request.app[LIMITER].wait(request.remote or "", request.app[CLOCK]())
    if seconds > 0:
        headers = {"Retry-After": str(math.ceil(seconds))}
        raise web.HTTPForbidden(text="Not so fast", headers=headers)
    return await handler(request)
