"""A path that is open anywhere in the URL is enough.

check: test_nothing_else_is_open
says: must be a 503 now
"""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    seconds = request.app[SWITCH].seconds
    if seconds is not None and not any(path in str(request.url) for path in OPEN):
        headers = {"Retry-After": str(seconds)}
        raise web.HTTPServiceUnavailable(text="We are closed for a moment", headers=headers)
    return await handler(request)
