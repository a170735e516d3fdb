"""When something goes wrong: the status says it to programs, one shape of JSON says why."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler

log = logging.getLogger(__name__)


def error_answer(status: int, reason: str) -> web.Response:
    """Make the answer that every fault gets."""
    return web.json_response({"error": {"status": status, "reason": reason}}, status=status)


def is_gone(request: web.Request) -> bool:
    """Tell whether the client went away, so that its request breaks off: no fault of ours."""
    return request.transport is None or request.transport.is_closing()


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Call the handler; whatever goes wrong in it, answer in the same shape."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        reason = (error.text or "").removeprefix(f"{error.status}: ")
        answer = error_answer(error.status, reason or error.reason)
        for name, value in error.headers.items():  # a 405 says which methods there are
            answer.headers.setdefault(name, value)
        return answer
    except web.HTTPException:
        raise  # a redirect is no fault
    except Exception as error:
        if isinstance(error, OSError) and is_gone(request):
            return web.Response(status=499)  # in the log as nginx has it; nobody reads it
        log.exception("%s %s failed", request.method, request.rel_url)
        return error_answer(500, "The server made a mistake; it is written down")
