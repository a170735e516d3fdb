"""The body as bytes, the charset by hand, the variable part with a regex of its own."""


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    text = "Hello, {}!".format(request.match_info.get("name"))
    return web.Response(body=text.encode(), content_type="text/plain", charset="utf-8")


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(
        [
            web.get(r"/greet/{name:[^/]+}", greet),
        ]
    )
    return app
