"""Returns the refusal; rounds up by floor division."""


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 to a client that asks too often, and say in Retry-After when to come again."""
    seconds = request.app[LIMITER].wait(request.remote or "", request.app[CLOCK]())
    if seconds > 0:
        response = web.Response(status=429, text="Not so fast")
        response.headers["Retry-After"] = str(int(-(-seconds // 1)))
        return response
    return await handler(request)
