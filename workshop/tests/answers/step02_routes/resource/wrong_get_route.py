"""The view is added as a GET route, so the other methods never reach it.

check: test_put_and_get
says: PUT keeps a note with 201
"""


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(client_max_size=10_000)
    app[NOTES] = {}
    app.add_routes(
        [
            web.get("/notes/{name}", Note),
        ]
    )
    return app
