"""The middlewares stand in the wrong order: nobody makes JSON of the refusal.

check: test_in_the_same_shape
says: has not seen this refusal
"""


def create_app() -> web.Application:
    """Make the application: an open shop without orders."""
    app = web.Application(middlewares=[closed, answer_errors])
    app[SWITCH] = Switch()
    app[ORDERS] = []
    app.add_routes([web.get("/orders", orders), web.post("/orders", order)])
    app.add_routes([web.get("/health", health)])
    app.add_routes([web.put("/maintenance", close), web.delete("/maintenance", reopen)])
    return app
