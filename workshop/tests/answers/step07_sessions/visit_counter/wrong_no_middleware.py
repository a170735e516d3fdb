"""The storage is made, and never put around the requests.

check: test_counts
says: 500
"""


def create_app() -> web.Application:
    """Make the application, with a session around each request."""
    storage()
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
