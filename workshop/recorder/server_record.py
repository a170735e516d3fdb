"""The server's half of an exchange, while it grows."""

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
    """The server's half while it grows."""

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
    """What the learner's code has caught and logged."""
    answer: object = None
    """What was answered last, from the innermost function out."""
    maker: object = None
    """The handler or middleware that made this answer, in place of one further in."""
    return_line: Line | None = None
    """The `return` of the learner's that gave this answer, unless it was raised."""
    raised: web.HTTPException | None = None
    """The first answer that was raised, whatever became of it."""
    returned: ReturnedValue | None = None
    already_sent: bool = False
    """Whether the answer is an object that had been sent before: then nothing was sent."""
    finished: bool = False
    waiting_lines: tuple[Line, ...] = ()
    """Where the handler stood when the check was over, if it had not ended by then."""
    log: list[str] = field(default_factory=list)
    failed_calls: list[FailedCall] = field(default_factory=list)
    """The failed calls of the whole check: one list, which all halves share."""

    @property
    def status(self) -> int | None:
        """The status of the answer, None when there is none."""
        return self.answer.status if isinstance(self.answer, web.StreamResponse) else None

    @property
    def http_exception(self) -> web.HTTPException | None:
        """The exception that the answer is, or was made of: it has the same status."""
        return self.raised if self.raised and self.raised.status == self.status else None

    @property
    def answer_line(self) -> Line | None:
        """The line of the learner's that made the answer, by `return` or by `raise`."""
        raised = self.http_exception
        return next(reversed(lines_inside(raised)), None) if raised else self.return_line

    def server_half(self) -> ServerHalf:
        """Return what is known."""
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
        """Keep who made an answer, and which `return`; call from the innermost function out."""
        if answer is not self.answer:
            self.answer, self.maker, self.return_line = answer, maker, given


@dataclass(frozen=True, slots=True)
class FailedCall:
    """A call of the learner's function that raised an error before a line of the function ran.

    It takes other arguments, or what it gave cannot be awaited.
    """

    error: BaseException
    function: object
    arguments: int
    """How many arguments the function was called with."""


@dataclass(frozen=True, slots=True)
class ReturnedValue:
    """What a handler or a middleware returned although it is no response, or had to be raised."""

    name: str
    value: object
    line: Line | None

    @property
    def kind(self) -> str:
        """Its type's name; "class" for a class, "HTTPException" for those and their classes."""
        kind = self.value if isinstance(self.value, type) else type(self.value)
        if issubclass(kind, web.HTTPException):
            return "HTTPException"
        return "class" if kind is self.value else kind.__name__

    @property
    def sentence(self) -> str:
        """What is wrong with it."""
        if self.kind == "HTTPException":
            kind = self.value if isinstance(self.value, type) else type(self.value)
            return f"{self.name}() returned {kind.__name__}, it has to raise it"
        value = without_addresses(represent(self.value))[:80]
        return f"{self.name}() returned {value}, which is no response"
