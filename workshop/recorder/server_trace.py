"""The server's side of HTTP exchanges, recorded by an aiohttp middleware around all others.

The middleware changes one thing: when a handler returns a response that was sent before, aiohttp
sends nothing and the client would wait for ever, so the middleware closes the connection.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

from aiohttp import web

from workshop.recorder import call_trace, routes
from workshop.recorder.call_trace import current_request
from workshop.recorder.server_record import FailedCall, ReturnedValue, ServerRecord
from workshop.recorder.tracebacks import definition_line, inner_call, waiting_at
from workshop.report import BODY_LIMIT, Line
from workshop.report.comparison import without_addresses

SERVER_LOGGERS = {"aiohttp.server", "asyncio"}
"""Loggers of aiohttp and asyncio for exceptions that nobody caught."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ServerTrace:
    """Records what an application does with each request of a check."""

    def __init__(self) -> None:
        self.records: list[ServerRecord] = []
        self.log_lines: list[str] = []
        """Log records that belong to no request."""
        self.logged_errors: list[BaseException] = []
        """Exceptions that aiohttp or asyncio has logged."""
        self.caught_errors: list[BaseException] = []
        """Exceptions that the learner's code has caught and logged."""
        self.failed_calls: list[FailedCall] = []
        """Calls of `create_app()`, handlers and middlewares that failed."""

    def record_app(self, app: web.Application) -> None:
        """Record an application's requests; call this before the app starts."""
        if app.middlewares.frozen:
            return
        for at, middleware in enumerate(app.middlewares):
            app.middlewares[at] = _recorded_middleware(middleware)

        @web.middleware
        async def record_request(request: web.Request, handler: Handler) -> web.StreamResponse:
            match = routes.match_route(request, app)
            record = ServerRecord(
                request.method, request.raw_path, request.task, current_task(), match
            )
            record.failed_calls = self.failed_calls
            self.records.append(record)
            current_request.set(record)
            try:
                response = await _call_inner(record, handler, request)
            except web.HTTPException:
                record.finished = True
                self._close_if_sent_before(record, request)
                raise
            except asyncio.CancelledError as error:
                if not record.waiting_lines:
                    record.error = error
                raise
            except BaseException as error:
                record.error = error
                raise
            record.finished = True
            self._close_if_sent_before(record, request)
            return response

        app.middlewares.insert(0, record_request)

    def record_waiting(self) -> None:
        """Record the lines of handlers that still wait; call this while the loop runs."""
        for record in self.records:
            if record.task and not record.finished and record.error is None:
                record.waiting_lines = tuple(waiting_at(record.task))

    def record_log(self, log_record: logging.LogRecord) -> None:
        """Store a log record with the request that it belongs to."""
        record = current_request.get() or self._latest_record(current_task())
        text = without_addresses(
            f"{log_record.levelname} {log_record.name}: {log_record.getMessage()}"
        )[:BODY_LIMIT]
        (record.log if record else self.log_lines).append(text)
        error = log_record.exc_info[1] if isinstance(log_record.exc_info, tuple) else None
        if error is None or (record and record.returned):
            return
        if log_record.name not in SERVER_LOGGERS:
            self.caught_errors.append(error)
            if record:
                record.caught = error
            return
        self.logged_errors.append(error)
        if record and record.error is None:
            record.error = error

    def _close_if_sent_before(self, record: ServerRecord, request: web.Request) -> None:
        """Close the connection if the response object was already sent for another request."""
        sent = [other.answer for other in self.records if other is not record]
        answer = record.answer
        if not isinstance(answer, web.StreamResponse) or not answer.prepared:
            return
        record.already_sent = any(answer is other for other in sent)
        if record.already_sent and request.transport:
            request.transport.close()

    def _latest_record(self, task: asyncio.Task[Any] | None) -> ServerRecord | None:
        """Return the latest request that the task of a connection has taken, or None."""
        return next((h for h in reversed(self.records) if task and h.connection is task), None)


def current_task() -> asyncio.Task[Any] | None:
    """Return the task that runs now, or None where no loop runs."""
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


def _recorded_middleware(middleware: Any) -> Any:
    """Return the middleware, wrapped to record the requests that pass and what it returns."""
    if getattr(middleware, "__middleware_version__", None) != 1:
        return middleware
    name = _middleware_name(middleware)

    @web.middleware
    @functools.wraps(middleware)
    async def passed(request: web.Request, handler: Handler) -> web.StreamResponse:
        record = current_request.get()
        if record is None:
            response = await middleware(request, handler)
            return cast(web.StreamResponse, response)
        record.middlewares.append(name)

        async def inner(request: web.Request) -> web.StreamResponse:
            return await _call_inner(record, handler, request)

        inner.__qualname__ = "handler"  # so that a coroutine of it is told by this name
        response = await _call_recorded(record, middleware, middleware, request, inner)
        _record_returned(record, name, definition_line(middleware), response)
        return response

    return passed


def _middleware_name(middleware: Any) -> str:
    """Return the name of a middleware; for one from a library, the function that made it."""
    name = str(getattr(middleware, "__name__", type(middleware).__name__))
    maker, inside, _ = str(getattr(middleware, "__qualname__", "")).partition(".<locals>.")
    return maker if inside and definition_line(middleware) is None else name


async def _call_inner(
    record: ServerRecord, handler: Handler, request: web.Request
) -> web.StreamResponse:
    """Call the next middleware or the handler; record what it returns."""
    response = await _call_recorded(record, record.match.function, handler, request)
    _record_returned(record, record.match.handler or "the handler", record.match.line, response)
    return response


@inner_call
async def _call_recorded(
    record: ServerRecord, maker: object, function: Any, *given: object
) -> web.StreamResponse:
    """Call a learner's function; record which one made the answer, or that the call failed."""
    try:
        response: web.StreamResponse = await function(*given)
    except BaseException as error:
        if error.__traceback__ and error.__traceback__.tb_next is None:  # it arose in this frame
            record.failed_calls.append(FailedCall(error, function, len(given)))
        if isinstance(error, web.HTTPException):
            record.raised = record.raised or error
            record.record_answer(error, maker, None)
        raise
    record.record_answer(response, maker, call_trace.return_line_in(record, response, maker))
    return response


def _record_returned(record: ServerRecord, name: str, line: Line | None, response: object) -> None:
    """Store a returned value that is no response; the innermost one counts."""
    line = call_trace.return_line_in(record, response, None) or line
    right = isinstance(response, web.StreamResponse) and not isinstance(response, web.HTTPException)
    if not right and record.returned is None:
        record.returned = ReturnedValue(name, response, line)
