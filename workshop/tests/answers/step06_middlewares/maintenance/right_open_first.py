"""Lets the open paths through first; sets the header afterwards."""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    if request.path in OPEN or not request.app[SWITCH].seconds:
        return await handler(request)
    refusal = web.HTTPServiceUnavailable(text="Closed")
    refusal.headers["Retry-After"] = f"{request.app[SWITCH].seconds}"
    raise refusal
