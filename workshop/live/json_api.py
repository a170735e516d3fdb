"""Answers of the API, and what it reads: JSON, and sentences for all that is wrong."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from aiohttp import hdrs, web

from workshop.course.files import SOURCE_LIMIT, gone
from workshop.live.connection import FEW_FILES, few_files, left
from workshop.live.messages import Conflict, Unearned
from workshop.report import decode, encode

logger = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Wanted = TypeVar("Wanted")

COURSE = web.AppKey("course", Path)
"""The course's folder; while it is gone, that is all there is to say."""
REQUEST_LIMIT = 4 * SOURCE_LIMIT
"""Bytes of a request's body: the largest file, its line ends and quotes escaped."""


SLOWEST = 30.0
"""Seconds in which a body has to come."""
GONE = (ConnectionError, web.RequestPayloadError)
"""Errors that come of it where whoever asked has gone."""


class ApiError(Exception):
    """The request cannot be done; says what, where, and what to do next."""

    def __init__(
        self, status: int, message: str, beside: Conflict | Unearned | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.beside = beside
        """What the answer holds beside the error."""


def answer(data: object, status: int = 200) -> web.Response:
    """Return a dataclass or dict as JSON, in ASCII: half of a letter, no UTF-8, is an escape."""
    return web.json_response(encode(data), status=status, headers={"Cache-Control": "no-store"})


def unwritten(error: OSError) -> ApiError:
    """Return what is told when the learner's progress cannot be written."""
    return ApiError(409, f"Your progress cannot be written: {error}. See whether the disk is full.")


def refuse(status: int, message: str, beside: Conflict | Unearned | None = None) -> web.Response:
    """Return an error as JSON."""
    more = encode(beside) if beside else {}
    return answer({"error": {"message": message}, **more}, status)


@web.middleware
async def sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer with a sentence in JSON for whatever is wrong with a request."""
    try:
        return await handler(request)
    except ApiError as error:
        return refuse(error.status, str(error), error.beside)
    except web.HTTPRequestEntityTooLarge:
        return refuse(413, f"This is more than {REQUEST_LIMIT:,} bytes. Send less.")
    except web.HTTPNotFound:
        return refuse(404, f"There is nothing at {request.path[:200]} in this course.")
    except web.HTTPMethodNotAllowed as error:
        allowed = ", ".join(sorted(error.allowed_methods))
        return refuse(405, f"{request.method[:20]} is not for this address; it takes {allowed}.")
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return refuse(error.status, error.text or error.reason)
    except Exception as error:
        if isinstance(error, GONE) and left(request):
            raise
        if few_files(error):
            return refuse(503, FEW_FILES)
        root = request.config_dict.get(COURSE)
        if isinstance(error, OSError) and root and not root.is_dir():
            return refuse(404, gone(root))
        logger.exception("%s %s", request.method, request.path)
        return refuse(500, "The course itself met an error: its terminal says more. Try once more.")


async def body(request: web.Request, kind: type[Wanted]) -> Wanted:
    """Return the JSON body of a request as a dataclass; raises ApiError 400, 413 or 422."""
    return structured(await read(request), kind)


def structured(data: object, kind: type[Wanted]) -> Wanted:
    """Return plain data as a dataclass; raises ApiError 422."""
    try:
        return decode(data, kind)
    except ValueError as error:
        raise ApiError(422, f"This is not what belongs here: {error}") from error


async def read(request: web.Request) -> object:
    """Return the JSON body of a request; raises ApiError 400, 408, 413 or 415."""
    if request.content_type != "application/json":
        raise ApiError(400, "Only JSON is read here. Send it with Content-Type: application/json")
    if hdrs.CONTENT_ENCODING in request.headers:
        raise ApiError(415, "A body is sent as it is here. Leave Content-Encoding out.")
    try:
        async with asyncio.timeout(SLOWEST):
            return parsed(await request.read())
    except TimeoutError as error:
        raise ApiError(
            408, f"The body did not come within {SLOWEST:g} s. Send it again."
        ) from error
    except web.RequestPayloadError as error:
        raise ApiError(400, "The body of this request is broken. Send it again.") from error


def parsed(data: bytes | str) -> Any:
    """Return what a JSON text says; raises ApiError 400."""
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, f"This is no JSON: {error}. Send a JSON object in UTF-8.") from error


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")
