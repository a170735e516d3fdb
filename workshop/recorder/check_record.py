"""The record of one check while it runs, and the `Check` of a report that is made from it."""

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
from workshop.recorder.call_trace import CallTrace
from workshop.recorder.client_trace import ClientTrace, SentRequest
from workshop.recorder.exchanges import exchanges, paired
from workshop.recorder.loop_stalls import LoopStalls
from workshop.recorder.output import CapturedOutput
from workshop.recorder.server_record import ServerRecord
from workshop.recorder.server_trace import ServerTrace
from workshop.report import Advice, Check, Line, Outcome
from workshop.report.comparison import Comparison, exception_text, without_addresses

ASSERTION_ERRORS = (
    AssertionError,
    pytest.fail.Exception,
    aiohttp.ContentTypeError,
    json.JSONDecodeError,
)
"""Errors of a suite that mean a wrong answer (failed); any other error means broken."""
WRAPPERS = (BaseExceptionGroup, pytest.PytestUnraisableExceptionWarning)
"""Exceptions that only wrap others."""
PLAIN_MESSAGES = {
    "ServerDisconnectedError": "No answer came: the server closed the connection.",
    "ClientConnectorError": "Nobody listens there: no server took the connection.",
    "TimeoutError": "No answer came in time.",
}
"""Sentences for errors whose own text does not help a beginner, by the name of the class."""


@dataclass
class CheckRecord:
    """All that the recorder has collected about the check that runs now."""

    item: pytest.Function
    client_trace: ClientTrace = field(default_factory=ClientTrace)
    server_trace: ServerTrace = field(default_factory=ServerTrace)
    loop_stalls: LoopStalls = field(default_factory=LoopStalls)
    call_trace: CallTrace = field(default_factory=CallTrace)
    output: CapturedOutput = field(default_factory=CapturedOutput)
    started: float = field(default_factory=perf_counter)
    comparison: Comparison | None = None
    """The last comparison that pytest reported as false."""
    error: BaseException | None = None
    """The first exception that the check or one of its fixtures raised."""
    later_errors: list[BaseException] = field(default_factory=list)
    """The exceptions of the teardown that came after `error`."""
    phase: str = ""
    """When `error` was raised: "setup", "call" or "teardown"."""
    skipped: bool = False

    def check(self, explain: Callable[[CheckRecord], Advice | None]) -> Check:
        """Return the check as it ended; `explain` returns the advice if it did not pass."""
        outcome = self._outcome()
        not_passed = outcome is not Outcome.PASSED
        comparison = self.failed_comparison if not_passed else None
        message = self.message if not_passed else None
        return Check(
            name=self.item.name,
            sentence=" ".join((inspect.getdoc(self.item.function) or self.item.name).split()),
            outcome=outcome,
            message=message,
            hints=tuple(
                str(sentence) for mark in self.item.iter_markers("hint") for sentence in mark.args
            ),
            output=self.output.text(),
            seconds=round(perf_counter() - self.started, 4),
            code=source_of(self.item.function),
            difference=comparison.difference() if comparison else None,
            advice=explain(self) if not_passed else None,
            exchanges=exchanges(
                self.client_trace.requests, self.server_trace.records, comparison, message
            )
            if message is not None
            else (),
            traceback=tracebacks.lines_of(self.cause),
            last=self.last_line if not_passed else None,
            stalls=tuple(self.loop_stalls.found),
            spans=self.loop_stalls.spans(),
        )

    @property
    def cause(self) -> BaseException | None:
        """The exception that ended the check, taken out of groups and pytest's warnings."""
        if self.error is None:
            return None
        found = list(tracebacks.flattened(self.error))
        return next((error for error in found if not isinstance(error, WRAPPERS)), self.error)

    @property
    def raised_by_suite(self) -> bool:
        """Whether a line of the suite raised the exception, not one of the learner's."""
        return self.cause is not None and tracebacks.innermost_file(self.cause) == str(
            self.item.path
        )

    @functools.cached_property
    def failed_comparison(self) -> Comparison | None:
        """The comparison that ended the check; None where the suite went on after it."""
        error = self.cause
        if isinstance(error, aiohttp.ContentTypeError):
            content_type = error.headers["Content-Type"] if error.headers else ""
            return Comparison("==", content_type.partition(";")[0], "application/json")
        text = f"\n{exception_text(error)}" if isinstance(error, AssertionError) else ""
        if self.comparison and f" {self.comparison.operator} " in text.rpartition("\nassert ")[2]:
            return self.comparison.as_written_in(tracebacks.raising_source(error))
        return None

    @property
    def message(self) -> str:
        """What went wrong, in one or a few sentences."""
        error = self.cause
        if self.output.overflowed:
            limit = f"{CapturedOutput.LIMIT:,}"
            return f"Your code printed more than {limit} characters and was stopped there."
        if self.skipped or error is None:
            return "The check was skipped. Only a suite may skip a check, not the file it asks."
        kind, text = type(error).__name__, exception_text(error)
        if kind in PLAIN_MESSAGES:
            return PLAIN_MESSAGES[kind]
        if isinstance(error, ASSERTION_ERRORS) and self.raised_by_suite:
            if words := self.suite_message:
                return words
            if comparison := self.failed_comparison:
                return comparison.difference().sentence
            if isinstance(error, AssertionError):
                return _assertion_message(error)
        words = text.partition("\n")[0]
        return without_addresses(f"{kind}: {words}") if words else kind

    @property
    def suite_message(self) -> str:
        """The message of the suite's assertion, or ""."""
        error = self.cause
        if not isinstance(error, AssertionError) or not self.raised_by_suite:
            return ""
        before, found, after = f"\n{exception_text(error)}".rpartition("\nassert ")
        return (before if found else after).strip()  # a suite may also raise with a sentence

    @property
    def requests(self) -> list[tuple[SentRequest, ServerRecord | None]]:
        """Each request, with the record of the learner's server; None for another server."""
        return paired(self.client_trace.requests, self.server_trace.records)

    @property
    def server_records(self) -> list[ServerRecord]:
        """The records of the learner's server for each request of the check, oldest first."""
        return [half for _, half in self.requests if half]

    @property
    def last_line(self) -> Line | None:
        """The learner's line that returned the compared value, or that was called last."""
        comparison = self.failed_comparison
        event = self.call_trace.returning(comparison.actual) if comparison else None
        event = event or self.call_trace.last_call()
        return event.line if event else self._named_line()

    def _outcome(self) -> Outcome:
        if self.output.overflowed or self.skipped:
            return Outcome.BROKEN
        if self.cause is None:
            return Outcome.PASSED
        by_suite = self.phase == "call" and self.raised_by_suite
        failed = by_suite and isinstance(self.cause, ASSERTION_ERRORS)
        return Outcome.FAILED if failed else Outcome.BROKEN

    def _named_line(self) -> Line | None:
        """Return the learner's line that defines a name which the check uses, or None.

        The names come from the assertion, from its message and from `exercise.NAME`.
        """
        exercise = exercise_of(self.item.path)
        if exercise is None:
            return None
        claim = f"{tracebacks.assertion_source(self.cause)}\n{source_of(self.item.function)}"
        names = [
            *re.findall(r"\bexercise\.(\w+)", claim),
            *re.findall(r"\w+", self.suite_message),
            r"\w+",
        ]
        lines = (tracebacks.defining_line(name, str(exercise.file)) for name in names)
        return next(filter(None, lines), None)


@functools.cache
def source_of(function: Callable[..., object]) -> str:
    """Return the source of a check, cached."""
    return inspect.getsource(function)


def _assertion_message(error: BaseException) -> str:
    """Return the message for an assertion without a comparison, from its source line."""
    claim = tracebacks.raising_source(error).removeprefix("assert ").partition("  #")[0]
    return f"This must hold, and does not: {claim}" if claim else "An assertion failed."
