"""The route takes every method.

check: test_nothing_else
says: POST is a 405
"""


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes(
        [
            web.route("*", "/greet/{name}", greet),
        ]
    )
    return app
