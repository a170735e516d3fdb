"""Returns JSON of its own, and stands outside."""


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse everything but the paths in OPEN while the shop is closed."""
    seconds = request.app[SWITCH].seconds
    if seconds is None or request.path in OPEN:
        return await handler(request)
    headers = {"Retry-After": str(seconds)}
    return web.json_response({"error": "closed"}, status=503, headers=headers)


def create_app() -> web.Application:
    """Make the application: an open shop without orders."""
    app = web.Application(middlewares=[closed, answer_errors])
    app[SWITCH] = Switch()
    app[ORDERS] = []
    app.add_routes([web.get("/orders", orders), web.post("/orders", order)])
    app.add_routes([web.get("/health", health)])
    app.add_routes([web.put("/maintenance", close), web.delete("/maintenance", reopen)])
    return app
