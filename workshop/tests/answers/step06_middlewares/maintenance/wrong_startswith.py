"""Paths that begin alike are open too.

check: test_nothing_else_is_open
says: GET /healthy must be a 503
"""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    seconds = request.app[SWITCH].seconds
    if seconds is not None and not request.path.startswith(("/health", "/maintenance")):
        headers = {"Retry-After": str(seconds)}
        raise web.HTTPServiceUnavailable(text="We are closed for a moment", headers=headers)
    return await handler(request)
