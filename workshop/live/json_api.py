"""JSON bodies of requests and responses, and the middleware that turns errors into JSON."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from aiohttp import hdrs, web

from workshop.course.files import SOURCE_LIMIT, gone_sentence
from workshop.live.connection import OUT_OF_DESCRIPTORS, is_disconnected, out_of_descriptors
from workshop.live.messages import Conflict, Unearned
from workshop.report import decode, encode

logger = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Shape = TypeVar("Shape")

COURSE_ROOT = web.AppKey("course", Path)
"""The course's folder; while it is missing, every request is answered with that."""
REQUEST_LIMIT = 4 * SOURCE_LIMIT
"""Bytes of a request's body: the largest file, its line ends and quotes escaped."""
COURSE_ERROR = "The course itself met an error: its terminal says more. Try once more."
BODY_SECONDS = 30.0
"""Seconds in which the body of a request has to arrive."""
DISCONNECT_ERRORS = (ConnectionError, web.RequestPayloadError)
"""Errors that a closed connection raises while a request is handled."""


class ApiError(Exception):
    """A request failed: a status, and a sentence that says what, where, and what to do next."""

    def __init__(self, status: int, message: str, extra: Conflict | Unearned | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.extra = extra
        """Data of the response beside the error."""


def json_response(data: object, status: int = 200) -> web.Response:
    """Return a dataclass or dict as JSON in ASCII: a lone surrogate, no UTF-8, is an escape."""
    return web.json_response(encode(data), status=status, headers={"Cache-Control": "no-store"})


def progress_unwritable(error: OSError) -> ApiError:
    """Return the error 409 for progress that cannot be written."""
    return ApiError(409, f"Your progress cannot be written: {error}. See whether the disk is full.")


def error_response(
    status: int, message: str, extra: Conflict | Unearned | None = None
) -> web.Response:
    """Return an error as JSON: `{"error": {"message": …}}` and the extra data."""
    more = encode(extra) if extra else {}
    return json_response({"error": {"message": message}, **more}, status)


@web.middleware
async def errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Return each error of a handler as JSON with a sentence."""
    try:
        return await handler(request)
    except ApiError as error:
        return error_response(error.status, str(error), error.extra)
    except web.HTTPRequestEntityTooLarge:
        return error_response(413, f"This is more than {REQUEST_LIMIT:,} bytes. Send less.")
    except web.HTTPNotFound:
        return error_response(404, f"There is nothing at {request.path[:200]} in this course.")
    except web.HTTPMethodNotAllowed as error:
        allowed = ", ".join(sorted(error.allowed_methods))
        return error_response(
            405, f"{request.method[:20]} is not for this address; it takes {allowed}."
        )
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return error_response(error.status, error.text or error.reason)
    except Exception as error:
        if isinstance(error, DISCONNECT_ERRORS) and is_disconnected(request):
            raise
        if out_of_descriptors(error):
            return error_response(503, OUT_OF_DESCRIPTORS)
        root = request.config_dict.get(COURSE_ROOT)
        if isinstance(error, OSError) and root and not root.is_dir():
            return error_response(404, gone_sentence(root))
        logger.exception("%s %s", request.method, request.path)
        return error_response(500, COURSE_ERROR)


async def read_body(request: web.Request, shape: type[Shape]) -> Shape:
    """Return the JSON body of a request as a dataclass.

    Raises ApiError 400, 408, 415 or 422, HTTPRequestEntityTooLarge for a body that is too large.
    """
    return to_dataclass(await read_json(request), shape)


def to_dataclass(data: object, shape: type[Shape]) -> Shape:
    """Return plain data as a dataclass; raises ApiError 422 where keys or types differ."""
    try:
        return decode(data, shape)
    except ValueError as error:
        raise ApiError(422, f"This is not what belongs here: {error}") from error


async def read_json(request: web.Request) -> object:
    """Return the JSON body of a request as plain data.

    Raises ApiError 400, 408 or 415, HTTPRequestEntityTooLarge for a body that is too large.
    """
    if request.content_type != "application/json":
        raise ApiError(400, "Only JSON is read here. Send it with Content-Type: application/json")
    if hdrs.CONTENT_ENCODING in request.headers:
        raise ApiError(415, "A body is sent as it is here. Leave Content-Encoding out.")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return parse_json(await request.read())
    except TimeoutError as error:
        raise ApiError(
            408, f"The body did not come within {BODY_SECONDS:g} s. Send it again."
        ) from error
    except web.RequestPayloadError as error:
        raise ApiError(400, "The body of this request is broken. Send it again.") from error


def parse_json(data: bytes | str) -> Any:
    """Return the data of a JSON text; raises ApiError 400."""
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, f"This is no JSON: {error}. Send a JSON object in UTF-8.") from error


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")
