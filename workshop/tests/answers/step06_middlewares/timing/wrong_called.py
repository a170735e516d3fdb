"""The function is called where it should be handed over.

check: test_tells_the_time
says: tell_time
"""


def create_app() -> web.Application:
    """Make the application, with the clock around every handler."""
    app = web.Application(middlewares=[note_start])
    app.on_response_prepare.append(tell_time())
    app.add_routes([web.get("/", index), web.get("/slow", slow), web.get("/old", old)])
    app.add_routes([web.get("/letters", letters)])
    return app
