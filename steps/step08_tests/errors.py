"""When something goes wrong: a page for people, JSON for programs, the same status for both."""

import logging
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp_jinja2 import render_template

from .accept import best
from .middlewares import REQUEST_ID

log = logging.getLogger(__name__)


def is_api(request: web.Request) -> bool:
    """Tell whether a program asks, by its path; the blog may live below a prefix."""
    home = request.app.router["list"].url_for()
    return request.path.startswith(f"{home.path}api/")


def is_for_people(request: web.Request) -> bool:
    """Tell whether somebody will look at the answer."""
    accept = ", ".join(request.headers.getall("Accept", []))
    return not is_api(request) and best(accept, ("text/html", "application/json")) == "text/html"


def error_answer(request: web.Request, status: int, reason: str) -> web.Response:
    """Make the answer that every fault gets."""
    headers = {"Vary": "Accept"}  # caches must not give people what a program got
    if not is_for_people(request):
        error = {"status": status, "reason": reason}
        return web.json_response({"error": error}, status=status, headers=headers)
    heading = HTTPStatus(status).phrase
    context = {"heading": heading, "reason": reason, "request_id": request[REQUEST_ID]}
    answer = render_template("error.html", request, context, status=status)
    answer.headers.update(headers)
    return answer


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
        answer = error_answer(request, error.status, reason or error.reason)
        for name, value in error.headers.items():  # a 405 says which methods there are
            answer.headers.setdefault(name, value)
        return answer
    except web.HTTPException:
        raise  # a redirect is no fault
    except Exception as error:
        if isinstance(error, OSError) and is_gone(request):
            return web.Response(status=499)  # in the log as nginx has it; nobody reads it
        log.exception("%s %s %s failed", request[REQUEST_ID], request.method, request.rel_url)
        return error_answer(request, 500, "The server made a mistake; it is written down")
