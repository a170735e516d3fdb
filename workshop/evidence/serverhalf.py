"""The server's half of an exchange, heard by a middleware around all others.

Nothing is sent, added or changed.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from workshop.evidence import routes
from workshop.evidence.difference import nameless, said, written
from workshop.evidence.tracing import lines_of, place_of, waiting_at
from workshop.report import BODY_LIMIT, Line, ServerHalf

LOG_KEPT = 20
"""Log records that a request keeps, the last ones."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

serving: ContextVar[Half | None] = ContextVar("serving", default=None)
"""What is served in the task that runs now."""


@dataclass(eq=False)
class Half:
    """The server's half while it grows."""

    method: str
    target: str
    connection: asyncio.Task[Any] | None
    """The task that reads requests and writes answers."""
    task: asyncio.Task[Any] | None
    """The task that the handler runs in."""
    match: routes.Match
    middlewares: list[str] = field(default_factory=list)
    error: BaseException | None = None
    returned: Returned | None = None
    ended: bool = False
    waits: tuple[Line, ...] = ()
    """Where the handler stood when the check was over, if it had not ended by then."""
    log: list[str] = field(default_factory=list)

    def done(self) -> ServerHalf:
        """Return what is known."""
        trouble = self.returned.sentence if self.returned else None
        if self.error is not None:
            words = f"{type(self.error).__name__}: {said(self.error)}"
            trouble = words.partition("\n")[0].rstrip(": ")
        elif self.waits:
            trouble = "still waiting when the check was over"
        return ServerHalf(
            self.match.route,
            self.match.handler,
            self.match.place,
            self.match.nearest,
            tuple(self.middlewares),
            trouble[:BODY_LIMIT] if trouble else None,
            lines_of(self.error) or self.waits,
            tuple(self.log[-LOG_KEPT:]),
        )


@dataclass(frozen=True, slots=True)
class Returned:
    """What a handler or a middleware returned although it is no response, or had to be raised."""

    who: str
    what: object
    place: Line | None

    @property
    def kind(self) -> str:
        """Its type's name; "class" for a class, "HTTPException" for those."""
        if isinstance(self.what, web.HTTPException):
            return "HTTPException"
        return "class" if isinstance(self.what, type) else type(self.what).__name__

    @property
    def sentence(self) -> str:
        """What is wrong with it."""
        if self.kind == "HTTPException":
            return f"{self.who}() returned {type(self.what).__name__}, it has to raise it"
        return f"{self.who}() returned {nameless(written(self.what))[:80]}, which is no response"


class Server:
    """Writes down what an application does with each request."""

    def __init__(self) -> None:
        self.halves: list[Half] = []
        self.records: list[str] = []
        """Log records that belong to no request."""
        self.logged: list[BaseException] = []
        """Exceptions that were logged, wherever."""

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
            self.halves.append(half)
            serving.set(half)
            try:
                response = await handler(request)
            except web.HTTPException:
                half.ended = True
                raise
            except asyncio.CancelledError as error:
                if not half.waits:
                    half.error = error
                raise
            except BaseException as error:
                half.error = error
                raise
            half.ended = True
            _note(half, half.match.handler or "the handler", half.match.place, response)
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
        text = f"{record.levelname} {record.name}: {record.getMessage()}"[:BODY_LIMIT]
        (half.log if half else self.records).append(text)
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if error is not None and not (half and half.returned):
            self.logged.append(error)
            if half and half.error is None:
                half.error = error

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
    name = getattr(middleware, "__name__", type(middleware).__name__)

    @web.middleware
    @functools.wraps(middleware)
    async def passed(request: web.Request, handler: Handler) -> web.StreamResponse:
        half = serving.get()
        if half is None:
            return await _call(middleware, request, handler)
        half.middlewares.append(name)

        async def inner(request: web.Request) -> web.StreamResponse:
            response = await handler(request)
            _note(half, half.match.handler or "the handler", half.match.place, response)
            return response

        inner.__qualname__ = "handler"  # so that a coroutine of it is told by this name
        response = await _call(middleware, request, inner)
        _note(half, name, place_of(middleware), response)
        return response

    return passed


async def _call(middleware: Any, request: web.Request, handler: Handler) -> web.StreamResponse:
    response: web.StreamResponse = await middleware(request, handler)
    return response


def _note(half: Half, who: str, place: Line | None, response: object) -> None:
    """Keep what was returned when it is no response; the innermost culprit counts."""
    right = isinstance(response, web.StreamResponse) and not isinstance(response, web.HTTPException)
    if not right and half.returned is None:
        half.returned = Returned(who, response, place)
