"""What is raised gets the header too, what is streamed does not: its headers are gone by then.

check: test_piece_by_piece
says: has no header Server-Timing
"""


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    request[START] = time.perf_counter()
    try:
        response = await handler(request)
    except web.HTTPException as error:
        await tell_time(request, error)
        raise
    await tell_time(request, response)
    return response


def create_app() -> web.Application:
    """Make the application, with the clock around every handler."""
    app = web.Application(middlewares=[note_start])
    app.add_routes([web.get("/", index), web.get("/slow", slow), web.get("/old", old)])
    app.add_routes([web.get("/letters", letters)])
    return app
