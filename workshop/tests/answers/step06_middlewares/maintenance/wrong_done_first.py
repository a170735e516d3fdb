"""The handler works first, then it is refused.

check: test_nothing_is_done
says: a relay
"""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    response = await handler(request)
    seconds = request.app[SWITCH].seconds
    if seconds is not None and request.path not in OPEN:
        headers = {"Retry-After": str(seconds)}
        raise web.HTTPServiceUnavailable(text="We are closed for a moment", headers=headers)
    return response
