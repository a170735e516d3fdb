"""The header is set on what comes back from the handler, so a 404 has none.

check: test_answers_have_numbers
says: has no X-Request-ID
"""


@web.middleware
async def number_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request its number, and write one line about how it ended."""
    request[REQUEST_ID] = number_for(request)
    CURRENT.set(request[REQUEST_ID])
    status = 500
    try:
        response = await handler(request)
        status = response.status
        response.headers["X-Request-ID"] = request[REQUEST_ID]
        return response
    except web.HTTPException as error:
        status = error.status
        raise
    finally:
        log.info("%s %s %d", request.method, request.rel_url, status)


def create_app() -> web.Application:
    """Make the application."""
    app = web.Application(middlewares=[number_requests])
    app.add_routes([web.get("/books/{number}", show), web.get("/broken", broken)])
    return app
