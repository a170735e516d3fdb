"""Takes the address from X-Forwarded-For, whoever wrote it.

check: test_a_header_helps_nobody
says: [200] came
"""


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 to a client that asks too often, and say in Retry-After when to come again."""
    client = request.headers.get("X-Forwarded-For", request.remote or "")
    seconds = request.app[LIMITER].wait(client, request.app[CLOCK]())
    if seconds > 0:
        headers = {"Retry-After": str(math.ceil(seconds))}
        raise web.HTTPTooManyRequests(text="Not so fast", headers=headers)
    return await handler(request)
