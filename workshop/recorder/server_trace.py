"""The server's half of an exchange, heard by a middleware around all others.

Nothing is sent, added or changed, but for one thing: where a response is answered that was sent
before, aiohttp sends nothing at all and the client waits for ever. There the connection is closed.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

from aiohttp import web

from workshop.recorder import call_trace, routes
from workshop.recorder.call_trace import serving
from workshop.recorder.server_record import FailedCall, Half, Returned
from workshop.recorder.tracebacks import inner_call, place_of, waiting_at
from workshop.report import BODY_LIMIT, Line
from workshop.report.comparison import without_addresses

SERVERS = {"aiohttp.server", "asyncio"}
"""Loggers that tell of exceptions which nobody has caught."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Writes down what an application does with each request."""

    def __init__(self) -> None:
        self.halves: list[Half] = []
        self.records: list[str] = []
        """Log records that belong to no request."""
        self.logged: list[BaseException] = []
        """Exceptions that aiohttp or asyncio has logged, wherever."""
        self.caught: list[BaseException] = []
        """Exceptions that the learner's code has caught and logged."""
        self.failed_calls: list[FailedCall] = []
        """Calls of `create_app()`, handlers and middlewares that failed."""

    def watch(self, app: web.Application) -> None:
        """Listen to an application; call before it starts."""
        if app.middlewares.frozen:
            return
        for at, middleware in enumerate(app.middlewares):
            app.middlewares[at] = _named(middleware)

        @web.middleware
        async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
            match = routes.match(request, app)
            half = Half(request.method, request.raw_path, request.task, current_task(), match)
            half.failed_calls = self.failed_calls
            self.halves.append(half)
            serving.set(half)
            try:
                response = await _inner(half, handler, request)
            except web.HTTPException:
                half.ended = True
                self._close(half, request)
                raise
            except asyncio.CancelledError as error:
                if not half.waits:
                    half.error = error
                raise
            except BaseException as error:
                half.error = error
                raise
            half.ended = True
            self._close(half, request)
            return response

        app.middlewares.insert(0, record)

    def look(self) -> None:
        """Note where handlers stand that have not ended; call while the loop runs."""
        for half in self.halves:
            if half.task and not half.ended and half.error is None:
                half.waits = tuple(waiting_at(half.task))

    def log(self, record: logging.LogRecord) -> None:
        """Keep a log record with the request that it belongs to."""
        half = serving.get() or self._last(current_task())
        text = without_addresses(f"{record.levelname} {record.name}: {record.getMessage()}")[
            :BODY_LIMIT
        ]
        (half.log if half else self.records).append(text)
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if error is None or (half and half.returned):
            return
        if record.name not in SERVERS:
            self.caught.append(error)
            if half:
                half.caught = error
            return
        self.logged.append(error)
        if half and half.error is None:
            half.error = error

    def _close(self, half: Half, request: web.Request) -> None:
        """Close the connection where the answer is one that had been sent to somebody before."""
        sent = [other.answer for other in self.halves if other is not half]
        answer = half.answer
        if not isinstance(answer, web.StreamResponse) or not answer.prepared:
            return
        half.again = any(answer is other for other in sent)
        if half.again and request.transport:
            request.transport.close()

    def _last(self, task: asyncio.Task[Any] | None) -> Half | None:
        """Return the newest request that the task of a connection has taken."""
        return next((h for h in reversed(self.halves) if task and h.connection is task), None)


def current_task() -> asyncio.Task[Any] | None:
    """Return the task that runs now, or None where no loop runs."""
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


def _named(middleware: Any) -> Any:
    """Return the middleware, writing down that a request passes it and what it gives back."""
    if getattr(middleware, "__middleware_version__", None) != 1:
        return middleware
    name = _name(middleware)

    @web.middleware
    @functools.wraps(middleware)
    async def passed(request: web.Request, handler: Handler) -> web.StreamResponse:
        half = serving.get()
        if half is None:
            response = await middleware(request, handler)
            return cast(web.StreamResponse, response)
        half.middlewares.append(name)

        async def inner(request: web.Request) -> web.StreamResponse:
            return await _inner(half, handler, request)

        inner.__qualname__ = "handler"  # so that a coroutine of it is told by this name
        response = await _call(half, middleware, middleware, request, inner)
        _note(half, name, place_of(middleware), response)
        return response

    return passed


def _name(middleware: Any) -> str:
    """Return what a middleware is called; one that a library made, as what made it."""
    name = str(getattr(middleware, "__name__", type(middleware).__name__))
    maker, inside, _ = str(getattr(middleware, "__qualname__", "")).partition(".<locals>.")
    return maker if inside and place_of(middleware) is None else name


async def _inner(half: Half, handler: Handler, request: web.Request) -> web.StreamResponse:
    """Call what is further in than a middleware; if that is the handler, note what it does."""
    response = await _call(half, half.match.function, handler, request)
    _note(half, half.match.handler or "the handler", half.match.place, response)
    return response


@inner_call
async def _call(half: Half, maker: object, function: Any, *given: object) -> web.StreamResponse:
    """Call a function of the learner's; note who has made the answer, or that the call failed."""
    try:
        response: web.StreamResponse = await function(*given)
    except BaseException as error:
        if error.__traceback__ and error.__traceback__.tb_next is None:  # it arose in this frame
            half.failed_calls.append(FailedCall(error, function, len(given)))
        if isinstance(error, web.HTTPException):
            half.raised = half.raised or error
            half.answered(error, maker, None)
        raise
    half.answered(response, maker, call_trace.given_in(half, response, maker))
    return response


def _note(half: Half, who: str, place: Line | None, response: object) -> None:
    """Keep what was returned when it is no response; the innermost culprit counts."""
    place = call_trace.given_in(half, response, None) or place
    right = isinstance(response, web.StreamResponse) and not isinstance(response, web.HTTPException)
    if not right and half.returned is None:
        half.returned = Returned(who, response, place)
