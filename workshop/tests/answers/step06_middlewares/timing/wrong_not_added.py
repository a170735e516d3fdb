"""The signal is not connected.

check: test_tells_the_time
says: no header Server-Timing
"""


def create_app() -> web.Application:
    """Make the application, with the clock around every handler."""
    app = web.Application(middlewares=[note_start])
    app.add_routes([web.get("/", index), web.get("/slow", slow), web.get("/old", old)])
    app.add_routes([web.get("/letters", letters)])
    return app
