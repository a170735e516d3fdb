"""The pattern is missing, so `int("x")` is an error of the server.

check: test_one_spelling
says: /api/posts/x came back with 500
"""


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes(
        [
            web.get("/api/posts/{id}", read_post),
        ]
    )
    return app
