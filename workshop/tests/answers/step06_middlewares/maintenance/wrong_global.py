"""The switch is one for all applications.

check: test_another_shop
says: 503 came
"""


ONE = Switch()
SWITCH = web.AppKey("switch", Switch)


def create_app() -> web.Application:
    """Make the application: an open shop without orders."""
    app = web.Application(middlewares=[answer_errors, closed])
    app[SWITCH] = ONE
    app[ORDERS] = []
    app.add_routes([web.get("/orders", orders), web.post("/orders", order)])
    app.add_routes([web.get("/health", health)])
    app.add_routes([web.put("/maintenance", close), web.delete("/maintenance", reopen)])
    return app
