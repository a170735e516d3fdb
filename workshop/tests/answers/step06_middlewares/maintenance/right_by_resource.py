"""Asks the route for its path; appends the middlewares one by one."""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    seconds = request.app[SWITCH].seconds
    if seconds is not None and getattr(request.match_info.route.resource, "canonical", "") not in OPEN:
        headers = {"Retry-After": str(seconds)}
        raise web.HTTPServiceUnavailable(text="We are closed for a moment", headers=headers)
    return await handler(request)


def create_app() -> web.Application:
    """Make the application: an open shop without orders."""
    app = web.Application()
    app.middlewares.append(answer_errors)
    app.middlewares.append(closed)
    app[SWITCH] = Switch()
    app[ORDERS] = []
    app.add_routes([web.get("/orders", orders), web.post("/orders", order)])
    app.add_routes([web.get("/health", health)])
    app.add_routes([web.put("/maintenance", close), web.delete("/maintenance", reopen)])
    return app
