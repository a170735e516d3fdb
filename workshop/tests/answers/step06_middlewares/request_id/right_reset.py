"""Resets the context variable afterwards, and writes the line in two places."""


@web.middleware
async def number_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request its number, and write one line about how it ended."""
    number = number_for(request)
    token = CURRENT.set(number)
    request[REQUEST_ID] = number
    try:
        response = await handler(request)
    except Exception as error:
        status = error.status if isinstance(error, web.HTTPException) else 500
        log.info("%s %s %s", request.method, request.path_qs, status)
        raise
    else:
        log.info("%s %s %s", request.method, request.path_qs, response.status)
        return response
    finally:
        CURRENT.reset(token)
