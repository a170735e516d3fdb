"""A connection to the live course: what is wrong with it is a sentence at most, never a traceback.

aiohttp answers by itself what is no request at all, and writes down whoever has gone; here such an
answer has the headers of safety, and the terminal stays readable.
"""

from __future__ import annotations

import errno
import logging
from asyncio import AbstractEventLoop, BaseTransport, Transport
from collections.abc import Callable
from typing import Any

from aiohttp import http_exceptions, web

from workshop.live import content_policy

logger = logging.getLogger(__name__)
NO_REQUEST = "This is no request that a web server understands."
GONE = (ConnectionError, web.RequestPayloadError, http_exceptions.HttpProcessingError)
"""Whoever asked has gone, or has sent nonsense: no fault of the course."""
CLOSING = "Transport is closing"
"""What asyncio says where whoever asked for a file has gone."""
IDLE = 75.0
"""Seconds that a connection may be silent."""
MOST = 200
"""Connections at once; a browser has at most six, and one for each tab."""
SCARCE = frozenset({errno.EMFILE, errno.ENFILE})
FEW_FILES = (
    "The system opens no more files for this course, so some of what you ask for fails."
    " Close programs and tabs that you do not need; on Linux and macOS, end the course,"
    ' type "ulimit -n 4096" and start it again.'
)


def left(request: web.BaseRequest) -> bool:
    """Whether whoever sent a request has gone meanwhile."""
    return request.transport is None or request.transport.is_closing()


def few_files(error: object) -> bool:
    """Whether an error says that the system opens no more files."""
    return isinstance(error, OSError) and error.errno in SCARCE


def told_once() -> Callable[[AbstractEventLoop, dict[str, Any]], None]:
    """Return a loop's handler of errors that says once that files are scarce, not at each try."""
    told = False

    def handle(loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal told
        if not few_files(context.get("exception")):
            loop.default_exception_handler(context)
        elif not told:
            told = True
            logger.warning(FEW_FILES)

    return handle


class Connection(web.RequestHandler):
    """One connection, with answers for what never becomes a request."""

    def __init__(self, server: web.Server, loop: AbstractEventLoop) -> None:
        more = {"access_log": None, "keepalive_timeout": IDLE, "auto_decompress": False}
        super().__init__(server, loop=loop, **more)  # type: ignore[arg-type]
        self._others = server

    def connection_made(self, transport: BaseTransport) -> None:
        """Begin, unless there are far more connections than a learner's browsers have."""
        if len(self._others.connections) < MOST:
            super().connection_made(transport)
        elif isinstance(transport, Transport):
            transport.abort()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Return the answer for an error outside of the application; raises ConnectionError."""
        if left(request) or request.writer.output_size > 0:
            self.log_exception("Nobody could be answered", exc_info=exc)
            raise ConnectionError("Nobody reads an answer.")
        if few_files(exc):
            status, message = 503, FEW_FILES
        elif isinstance(exc, GONE):
            message = NO_REQUEST
        else:
            return _safe(super().handle_error(request, status, exc, message))
        response = web.Response(status=status, text=message)
        response.force_close()
        return _safe(response)

    def log_exception(self, *args: Any, **more: Any) -> None:
        """Write down what is a fault of the course."""
        error = more.get("exc_info")
        if not isinstance(error, GONE) and str(error) != CLOSING:
            super().log_exception(*args, **more)


def _safe(response: web.StreamResponse) -> web.StreamResponse:
    response.headers.update(content_policy.HEADERS)
    response.headers["Content-Security-Policy"] = content_policy.NOTHING
    return response
