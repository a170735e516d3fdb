"""The record of one request on the server, while it grows, and its part of a report."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from workshop.recorder import routes
from workshop.recorder.conditions import enclosing_condition
from workshop.recorder.tracebacks import lines_inside, lines_of
from workshop.report import BODY_LIMIT, LOG_LIMIT, Line, ServerHalf
from workshop.report.comparison import exception_text, represent, without_addresses


@dataclass(eq=False)
class ServerRecord:
    """What the learner's server did with one request, while it grows."""

    method: str
    target: str
    connection: asyncio.Task[Any] | None
    """The task that reads requests and writes answers."""
    task: asyncio.Task[Any] | None
    """The task that the handler runs in."""
    match: routes.RouteMatch
    middlewares: list[str] = field(default_factory=list)
    error: BaseException | None = None
    caught: BaseException | None = None
    """The exception that the learner's code has caught and logged."""
    answer: object = None
    """The last answer, in order from the handler to the outermost middleware."""
    maker: object = None
    """The handler or middleware that made this answer."""
    return_line: Line | None = None
    """The learner's `return` of this answer; None when the answer was raised."""
    raised: web.HTTPException | None = None
    """The first HTTP exception that was raised, also when a middleware replaced it."""
    returned: ReturnedValue | None = None
    already_sent: bool = False
    """Whether the response object had been sent before: then nothing was sent."""
    finished: bool = False
    waiting_lines: tuple[Line, ...] = ()
    """The lines at which the handler still waited when the check ended."""
    log: list[str] = field(default_factory=list)
    failed_calls: list[FailedCall] = field(default_factory=list)
    """The failed calls of the whole check: one list that all records share."""

    @property
    def status(self) -> int | None:
        """The status of the answer, None when there is none."""
        return self.answer.status if isinstance(self.answer, web.StreamResponse) else None

    @property
    def http_exception(self) -> web.HTTPException | None:
        """The HTTP exception that is the answer, or that has the answer's status; else None."""
        return self.raised if self.raised and self.raised.status == self.status else None

    @property
    def answer_line(self) -> Line | None:
        """The learner's line that returned or raised the answer."""
        raised = self.http_exception
        return next(reversed(lines_inside(raised)), None) if raised else self.return_line

    def server_half(self) -> ServerHalf:
        """Return the record as a part of the report."""
        made = None if self.error else self.answer_line
        found = enclosing_condition(made) if made else None
        trouble = self.returned.sentence if self.returned else None
        error = self.error or self.caught
        if error is not None:
            words = f"{type(error).__name__}: {exception_text(error)}"
            trouble = words.partition("\n")[0].rstrip(": ")
        elif self.already_sent:
            trouble = "the response had been sent before, so nothing was sent"
        elif self.waiting_lines:
            trouble = "still waiting when the check was over"
        return ServerHalf(
            self.match.route,
            self.match.handler,
            self.match.line,
            self.match.nearest,
            tuple(self.middlewares),
            trouble[:BODY_LIMIT] if trouble else None,
            lines_of(error) or self.waiting_lines,
            tuple(self.log[-LOG_LIMIT:]),
            made,
            found.line if found else None,
        )

    def record_answer(self, answer: object, maker: object, given: Line | None) -> None:
        """Store an answer with its maker and its `return`; called from the handler outwards."""
        if answer is not self.answer:
            self.answer, self.maker, self.return_line = answer, maker, given


@dataclass(frozen=True, slots=True)
class FailedCall:
    """A call of a learner's function that raised an error before a line of the function ran.

    The function takes other arguments, or returned a value that cannot be awaited.
    """

    error: BaseException
    function: object
    arguments: int
    """How many arguments the function was called with."""


@dataclass(frozen=True, slots=True)
class ReturnedValue:
    """A value that a handler or a middleware returned and that is no response."""

    name: str
    value: object
    line: Line | None

    @property
    def kind(self) -> str:
        """The name of the value's type; "class" for a class, "HTTPException" for those."""
        kind = self.value if isinstance(self.value, type) else type(self.value)
        if issubclass(kind, web.HTTPException):
            return "HTTPException"
        return "class" if kind is self.value else kind.__name__

    @property
    def sentence(self) -> str:
        """What is wrong with the value."""
        if self.kind == "HTTPException":
            kind = self.value if isinstance(self.value, type) else type(self.value)
            return f"{self.name}() returned {kind.__name__}, it has to raise it"
        value = without_addresses(represent(self.value))[:80]
        return f"{self.name}() returned {value}, which is no response"
