"""The route has no variable part, so only Ada is greeted.

check: test_greets_by_name
says: GET /greet/Grace answers "Hello, Grace!"
"""


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    return web.Response(text=f"Hello, {request.path.rpartition('/')[2]}!")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(
        [
            web.get("/greet/Ada", greet),
        ]
    )
    return app
