"""Connections that fail: bytes that are no request, clients that are gone, no file descriptors.

aiohttp answers bytes that are no request by itself, and logs a traceback for a client that is gone.
Here such a response has the security headers, and the log has a sentence at most.
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
BAD_REQUEST = "This is no request that a web server understands."
CLIENT_ERRORS = (ConnectionError, web.RequestPayloadError, http_exceptions.HttpProcessingError)
"""Errors of a client that is gone or sent no HTTP: no fault of the course."""
CLOSING = "Transport is closing"
"""Message of the error that asyncio raises when a client is gone before a file was sent."""
IDLE_SECONDS = 75.0
"""Seconds that a connection may be idle."""
MAX_CONNECTIONS = 200
"""Open connections; a browser has at most six, and a websocket for each tab."""
DESCRIPTOR_ERRNOS = frozenset({errno.EMFILE, errno.ENFILE})
OUT_OF_DESCRIPTORS = (
    "The system opens no more files for this course, so some of what you ask for fails."
    " Close programs and tabs that you do not need; on Linux and macOS, end the course,"
    ' type "ulimit -n 4096" and start it again.'
)


def is_disconnected(request: web.BaseRequest) -> bool:
    """Whether the client of a request has disconnected."""
    return request.transport is None or request.transport.is_closing()


def out_of_descriptors(error: object) -> bool:
    """Whether an error says that no file descriptor is left (EMFILE or ENFILE)."""
    return isinstance(error, OSError) and error.errno in DESCRIPTOR_ERRNOS


def exception_handler() -> Callable[[AbstractEventLoop, dict[str, Any]], None]:
    """Return an exception handler for a loop: it logs once that no file descriptor is left."""
    logged = False

    def handle(loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal logged
        if not out_of_descriptors(context.get("exception")):
            loop.default_exception_handler(context)
        elif not logged:
            logged = True
            logger.warning(OUT_OF_DESCRIPTORS)

    return handle


class Connection(web.RequestHandler):
    """A connection whose error responses have the security headers."""

    def __init__(self, server: web.Server, loop: AbstractEventLoop) -> None:
        more = {"access_log": None, "keepalive_timeout": IDLE_SECONDS, "auto_decompress": False}
        super().__init__(server, loop=loop, **more)  # type: ignore[arg-type]
        self._web_server = server

    def connection_made(self, transport: BaseTransport) -> None:
        """Begin, or abort at once when `MAX_CONNECTIONS` are open."""
        if len(self._web_server.connections) < MAX_CONNECTIONS:
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
        """Return the response for an error outside of the application.

        Raises ConnectionError when the client is gone or already has a part of a response.
        """
        if is_disconnected(request) or request.writer.output_size > 0:
            self.log_exception("Nobody could be answered", exc_info=exc)
            raise ConnectionError("Nobody reads an answer.")
        if out_of_descriptors(exc):
            status, message = 503, OUT_OF_DESCRIPTORS
        elif isinstance(exc, CLIENT_ERRORS):
            message = BAD_REQUEST
        else:
            return _with_security_headers(super().handle_error(request, status, exc, message))
        response = web.Response(status=status, text=message)
        response.force_close()
        return _with_security_headers(response)

    def log_exception(self, *args: Any, **more: Any) -> None:
        """Log errors of the course; leave out those of a client."""
        error = more.get("exc_info")
        if not isinstance(error, CLIENT_ERRORS) and str(error) != CLOSING:
            super().log_exception(*args, **more)


def _with_security_headers(response: web.StreamResponse) -> web.StreamResponse:
    response.headers.update(content_policy.SECURITY_HEADERS)
    response.headers["Content-Security-Policy"] = content_policy.DENY_ALL
    return response
