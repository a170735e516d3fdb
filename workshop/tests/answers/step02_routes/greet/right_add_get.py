"""The route added to the router itself, and another name for the variable part."""


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    who = request.match_info["who"]
    return web.Response(text=f"Hello, {who}!")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.router.add_get("/greet/{who}", greet)
    return app
