"""Retry-After is a number, not text.

check: test_retry_after
says: str
"""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    seconds = request.app[SWITCH].seconds
    if seconds is not None and request.path not in OPEN:
        headers = {"Retry-After": seconds}  # type: ignore[dict-item]
        raise web.HTTPServiceUnavailable(text="We are closed for a moment", headers=headers)
    return await handler(request)
