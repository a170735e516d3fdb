"""The handler is called and not awaited.

check: test_refuses
says: await
"""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    seconds = request.app[SWITCH].seconds
    if seconds is not None and request.path not in OPEN:
        headers = {"Retry-After": str(seconds)}
        raise web.HTTPServiceUnavailable(text="We are closed for a moment", headers=headers)
    return handler(request)  # type: ignore[return-value]
