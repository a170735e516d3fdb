"""The line is written after the handler; what is raised has none.

check: test_how_it_ended
says: One line must be: 
"""


@web.middleware
async def number_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request its number, and write one line about how it ended."""
    request[REQUEST_ID] = number_for(request)
    CURRENT.set(request[REQUEST_ID])
    response = await handler(request)
    log.info("%s %s %d", request.method, request.rel_url, response.status)
    return response
