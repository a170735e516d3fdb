"""A table of routes with a decorator in place of the list."""


routes = web.RouteTableDef()


@routes.get("/greet/{name}")
async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    return web.Response(text=f"Hello, {request.match_info['name']}!")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(routes)
    return app
