"""What the recorder saw of a check, and the `Check` of a report that it comes to."""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

import aiohttp
import pytest

from workshop.course import exercise_of
from workshop.recorder import tracebacks
from workshop.recorder.call_trace import Trail
from workshop.recorder.client_trace import Draft, Wire
from workshop.recorder.exchanges import exchanges, pairs
from workshop.recorder.loop_stalls import Stalls
from workshop.recorder.output import Printed
from workshop.recorder.server_record import Half
from workshop.recorder.server_trace import Server
from workshop.report import Advice, Check, Line, Outcome
from workshop.report.comparison import Comparison, exception_text, without_addresses

FAILURES = (AssertionError, pytest.fail.Exception, aiohttp.ContentTypeError, json.JSONDecodeError)
"""Raised by a suite, these say that the answer is wrong; anything else says that there was none."""
WRAPPERS = (BaseExceptionGroup, pytest.PytestUnraisableExceptionWarning)
"""These only stand for others."""
PLAIN = {
    "ServerDisconnectedError": "No answer came: the server closed the connection.",
    "ClientConnectorError": "Nobody listens there: no server took the connection.",
    "TimeoutError": "No answer came in time.",
}
"""Errors whose own text tells a beginner nothing."""


@dataclass
class Asked:
    """What is known of the check that runs now."""

    item: pytest.Function
    wire: Wire = field(default_factory=Wire)
    server: Server = field(default_factory=Server)
    stalls: Stalls = field(default_factory=Stalls)
    trail: Trail = field(default_factory=Trail)
    printed: Printed = field(default_factory=Printed)
    started: float = field(default_factory=perf_counter)
    compared: Comparison | None = None
    """The comparison that pytest found false last."""
    error: BaseException | None = None
    """The first exception that the check or one of its fixtures raised."""
    later: list[BaseException] = field(default_factory=list)
    """The exceptions that were raised after that, while the fixtures were torn down."""
    phase: str = ""
    """When `error` was raised: "setup", "call" or "teardown"."""
    skipped: bool = False

    def check(self, explain: Callable[[Asked], Advice | None]) -> Check:
        """Return the check as it ended; `explain` gives the advice if it did not pass."""
        outcome = self._outcome()
        trouble = outcome is not Outcome.PASSED
        compared = self.failed_comparison if trouble else None
        message = self.message if trouble else None
        return Check(
            name=self.item.name,
            sentence=" ".join((inspect.getdoc(self.item.function) or self.item.name).split()),
            outcome=outcome,
            message=message,
            hints=tuple(
                str(sentence) for mark in self.item.iter_markers("hint") for sentence in mark.args
            ),
            output=self.printed.text(),
            seconds=round(perf_counter() - self.started, 4),
            code=source_of(self.item.function),
            difference=compared.difference() if compared else None,
            advice=explain(self) if trouble else None,
            exchanges=exchanges(self.wire.drafts, self.server.halves, compared, message)
            if message is not None
            else (),
            traceback=tracebacks.lines_of(self.cause),
            last=self.last_line if trouble else None,
            stalls=tuple(self.stalls.found),
            spans=self.stalls.spans(),
        )

    @property
    def cause(self) -> BaseException | None:
        """The exception that tells most: what lies behind a group or pytest's warnings."""
        if self.error is None:
            return None
        found = list(tracebacks.unfolded(self.error))
        return next((error for error in found if not isinstance(error, WRAPPERS)), self.error)

    @property
    def raised_by_suite(self) -> bool:
        """Whether the exception comes from the suite's own lines, not from the learner's."""
        return self.cause is not None and tracebacks.innermost(self.cause) == str(self.item.path)

    @functools.cached_property
    def failed_comparison(self) -> Comparison | None:
        """The comparison that ended the check; None where the suite went on after it."""
        error = self.cause
        if isinstance(error, aiohttp.ContentTypeError):
            came = error.headers["Content-Type"] if error.headers else ""
            return Comparison("==", came.partition(";")[0], "application/json")
        text = f"\n{exception_text(error)}" if isinstance(error, AssertionError) else ""
        if self.compared and f" {self.compared.operator} " in text.rpartition("\nassert ")[2]:
            return self.compared.as_written_in(tracebacks.code_raising(error))
        return None

    @property
    def message(self) -> str:
        """What came instead, in a sentence or a few."""
        error = self.cause
        if self.printed.overflowed:
            return (
                f"Your code printed more than {Printed.LIMIT:,} characters and was stopped there."
            )
        if self.skipped or error is None:
            return "The check was skipped. Only a suite may skip a check, not the file it asks."
        kind, text = type(error).__name__, exception_text(error)
        if kind in PLAIN:
            return PLAIN[kind]
        if isinstance(error, FAILURES) and self.raised_by_suite:
            if words := self.suite_message:
                return words
            if compared := self.failed_comparison:
                return compared.difference().sentence
            if isinstance(error, AssertionError):
                return _asserted(error)
        words = text.partition("\n")[0]
        return without_addresses(f"{kind}: {words}") if words else kind

    @property
    def suite_message(self) -> str:
        """The sentence that the suite has for what went wrong, or ""."""
        error = self.cause
        if not isinstance(error, AssertionError) or not self.raised_by_suite:
            return ""
        before, found, after = f"\n{exception_text(error)}".rpartition("\nassert ")
        return (before if found else after).strip()  # a suite may also raise with a sentence

    @property
    def requests(self) -> list[tuple[Draft, Half | None]]:
        """Each request of the check with what the server did with it, if it was the learner's."""
        return pairs(self.wire.drafts, self.server.halves)

    @property
    def served(self) -> list[Half]:
        """What the learner's server did with each request of the check, oldest first."""
        return [half for _, half in self.requests if half]

    @property
    def last_line(self) -> Line | None:
        """The learner's line that gave what was compared, or what was called last."""
        compared = self.failed_comparison
        step = self.trail.giving(compared.actual) if compared else None
        step = step or self.trail.last()
        return step.line if step else self._named()

    def _outcome(self) -> Outcome:
        if self.printed.overflowed or self.skipped:
            return Outcome.BROKEN
        if self.cause is None:
            return Outcome.PASSED
        failed = self.phase == "call" and isinstance(self.cause, FAILURES) and self.raised_by_suite
        return Outcome.FAILED if failed else Outcome.BROKEN

    def _named(self) -> Line | None:
        """Return the learner's line that makes what the check names; the first function's if none.

        It may name it in its claim, in its message, or as a part of their module.
        """
        exercise = exercise_of(self.item.path)
        if exercise is None:
            return None
        claim = f"{tracebacks.claim_of(self.cause)}\n{source_of(self.item.function)}"
        names = [
            *re.findall(r"\bexercise\.(\w+)", claim),
            *re.findall(r"\w+", self.suite_message),
            r"\w+",
        ]
        lines = (tracebacks.line_making(name, str(exercise.file)) for name in names)
        return next(filter(None, lines), None)


@functools.cache
def source_of(function: Callable[..., object]) -> str:
    """Return the source of a check; it is read once, and may be read before it is needed."""
    return inspect.getsource(function)


def _asserted(error: BaseException) -> str:
    """Return what an assertion without a comparison says, from its own line."""
    claim = tracebacks.code_raising(error).removeprefix("assert ").partition("  #")[0]
    return f"This must hold, and does not: {claim}" if claim else "An assertion failed."
