"""A raised redirect is logged as a 500: only errors are looked at.

check: test_how_it_ended
says: GET /moved 303
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
        return response
    except web.HTTPError as error:
        status = error.status
        raise
    finally:
        log.info("%s %s %d", request.method, request.rel_url, status)
