"""The route has no name, so the router cannot find it.

check: test_create
says: POST /links answers 201
"""


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app[LINKS] = []
    app.add_routes(
        [
            web.post("/links", create),
            web.get("/l/{number:[1-9][0-9]{0,8}}", follow),
        ]
    )
    return app
