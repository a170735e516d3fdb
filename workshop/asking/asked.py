"""What is known of a check while it runs, and what that says when it is over."""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

import aiohttp
import pytest

from workshop.advice import Fault, advise
from workshop.asking import answered
from workshop.asking.causes import causes_of
from workshop.asking.output import Printed
from workshop.course import exercise_of
from workshop.evidence import expression, held, tracing, unfound
from workshop.evidence.difference import Comparison, nameless, said
from workshop.evidence.exchange import exchanges, pairs
from workshop.evidence.half import Half
from workshop.evidence.serverhalf import Server
from workshop.evidence.stalls import Stalls
from workshop.evidence.trail import Trail
from workshop.evidence.wire import Wire
from workshop.report import FROM_COURSE, Advice, Check, Line, Outcome

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
    error: BaseException | None = None
    later: list[BaseException] = field(default_factory=list)
    """What went wrong after that, while it was torn down."""
    phase: str = ""
    skipped: bool = False

    def check(self) -> Check:
        """Return the check as it ended."""
        outcome = self._outcome()
        trouble = outcome is not Outcome.PASSED
        compared = self._compared() if trouble else None
        message = self._message(compared) if trouble else None
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
            advice=self._advice(compared) if trouble else None,
            exchanges=exchanges(self.wire.drafts, self.server.halves, compared, message)
            if message is not None
            else (),
            traceback=tracing.lines_of(self._cause()),
            last=self._last(compared) if trouble else None,
            stalls=tuple(self.stalls.found),
            spans=self.stalls.spans(),
        )

    def _outcome(self) -> Outcome:
        if self.printed.overflowed or self.skipped:
            return Outcome.BROKEN
        error = self._cause()
        if error is None:
            return Outcome.PASSED
        spoke = self.phase == "call" and isinstance(error, FAILURES) and self._suite_spoke(error)
        return Outcome.FAILED if spoke else Outcome.BROKEN

    def _suite_spoke(self, error: BaseException) -> bool:
        """Say whether an exception comes from the suite's own lines, not from the learner's."""
        return tracing.innermost(error) == str(self.item.path)

    def _compared(self) -> Comparison | None:
        """Return the comparison that failed, unless the suite went on after it."""
        error = self._cause()
        if isinstance(error, aiohttp.ContentTypeError):
            came = error.headers["Content-Type"] if error.headers else ""
            return Comparison("==", came.partition(";")[0], "application/json")
        text = f"\n{said(error)}" if isinstance(error, AssertionError) else ""
        if self.compared and f" {self.compared.operator} " in text.rpartition("\nassert ")[2]:
            return self.compared.written_as(unfound.line_of(error))
        return None

    def _cause(self) -> BaseException | None:
        """Return the exception that tells most: what lies behind a group or pytest's warnings."""
        if self.error is None:
            return None
        found = list(tracing.unfolded(self.error))
        return next((error for error in found if not isinstance(error, WRAPPERS)), self.error)

    def _message(self, compared: Comparison | None) -> str:
        """Return what came instead, in a sentence or a few."""
        error = self._cause()
        if self.printed.overflowed:
            return (
                f"Your code printed more than {Printed.LIMIT:,} characters and was stopped there."
            )
        if self.skipped or error is None:
            return "The check was skipped. Only a suite may skip a check, not the file it asks."
        kind, text = type(error).__name__, said(error)
        if kind in PLAIN:
            return PLAIN[kind]
        if isinstance(error, FAILURES) and self._suite_spoke(error):
            if words := self._said():
                return words
            if compared or isinstance(error, AssertionError):
                return compared.difference().sentence if compared else _asserted(error)
        words = text.partition("\n")[0]
        return nameless(f"{kind}: {words}") if words else kind

    def _said(self) -> str:
        """Return the sentence that the suite has for what went wrong, or ""."""
        error = self._cause()
        if not isinstance(error, AssertionError) or not self._suite_spoke(error):
            return ""
        before, found, after = f"\n{said(error)}".rpartition("\nassert ")
        return (before if found else after).strip()  # a suite may also raise with a sentence

    def _advice(self, compared: Comparison | None) -> Advice | None:
        """Return what to do: errors speak first, then the suite, then what an answer looks like."""
        served = [half for _, half in pairs(self.wire.drafts, self.server.halves) if half]
        known = advise(self._errors(compared, served)) or self._sleeping()
        known = known or self._suites(compared) or advise(self._signs(compared, served))
        known = known or (self._seen(compared) if compared else None)
        error = self._cause()
        return known or (answered.of_error(error) if error else None)

    def _sleeping(self) -> Advice | None:
        """Return what to do where a line is known for what stops the loop, such as `time.sleep`."""
        known = next(filter(None, (advise([stalled]) for stalled in self._stalled())), None)
        return known if known and "to_thread" not in known.action else None

    def _seen(self, compared: Comparison) -> Advice | None:
        """Return which line made what came, where no more is known."""
        served = [
            (draft.answer(), half)
            for draft, half in pairs(self.wire.drafts, self.server.halves)
            if half and not draft.inner
        ]
        claim = unfound.claim_of(self._cause())
        found = answered.of_answers(served, compared, claim)
        return found or answered.of_return(self.trail, compared)

    def _last(self, compared: Comparison | None) -> Line | None:
        """Return the learner's line that gave what was compared, or what was called last."""
        step = self.trail.giving(compared.came) if compared else None
        step = step or self.trail.last()
        return step.line if step else self._named()

    def _named(self) -> Line | None:
        """Return the learner's line that makes what the check names; the first function's if none.

        It may name it in its claim, in its message, or as a part of their module.
        """
        exercise, error = exercise_of(self.item.path), self._cause()
        if exercise is None:
            return None
        claim = f"{unfound.claim_of(error)}\n{source_of(self.item.function)}"
        names = [
            *re.findall(r"\bexercise\.(\w+)", claim),
            *re.findall(r"\w+", self._said()),
            r"\w+",
        ]
        lines = (tracing.line_making(name, str(exercise.file)) for name in names)
        return next(filter(None, lines), None)

    def _suites(self, compared: Comparison | None) -> Advice | None:
        """Return what the suite says beside its assertion of what came."""
        error, exercise = self._cause(), exercise_of(self.item.path)
        causes = causes_of(error) if error and self._suite_spoke(error) else None
        if causes is None or exercise is None:
            return None
        found = causes.advice(compared, str(exercise.file))
        return replace(found, line=found.line or self._made(compared)) if found else None

    def _made(self, compared: Comparison | None) -> Line | None:
        """Return the learner's line that made the last answer or, without any, what came."""
        halves = [half for _, half in pairs(self.wire.drafts, self.server.halves) if half]
        made = halves[-1].made if halves else self._last(compared)
        return made if made and not made.file.startswith(FROM_COURSE) else None

    def _errors(self, compared: Comparison | None, served: Sequence[Half]) -> Iterator[Fault]:
        """Yield the errors that arose, the most telling first, and what no suite knows better."""
        if self.printed.overflowed:
            yield Fault("OutputLimit", self._message(None))
        if isinstance(self._cause(), TimeoutError):
            yield from self._stalled()
        if served and compared is None:  # a 500 that was not asked for: what follows only follows
            yield from Fault.made_500(served[-1])
        if self.error is not None:
            for part in tracing.unfolded(self.error):
                if not isinstance(part, FAILURES) and type(part).__name__ not in PLAIN:
                    yield Fault.of(part, self.wire.made_at(said(part)))
        for half in reversed(served):
            if half.again:
                yield Fault.again(half)
            if half.returned:
                yield Fault.returned(half.returned, half.match.function)
            if half.error is not None:
                yield Fault.of(half.error, half.match.place)
            if half.waits:
                yield Fault("Waiting", "", half.waits[-1])
        for error in reversed(self.server.logged):
            yield Fault.of(error)
        for error in self.later:
            for part in tracing.unfolded(error):
                fault = Fault.of(part)
                if "never awaited" in fault.text and fault.line:
                    yield fault
        for half in reversed(served):
            if half.raised:
                yield from Fault.unfinished(half.raised)
        if compared:
            yield from Fault.compared(compared, tracing.lines_of(self._cause()))
        if caught := self._caught(compared):
            yield from Fault.caught(caught)
        yield from Fault.unsent(self.wire.drafts, served)
        exercise = exercise_of(self.item.path)
        if exercise and expression.uncalled(str(exercise.file)):
            yield from Fault.idle(str(exercise.file))
        if compared and served:
            yield from Fault.served(served[-1], compared)

    def _signs(self, compared: Comparison | None, served: Sequence[Half]) -> Iterator[Fault]:
        """Yield what an answer shows, and errors that may be meant to arise."""
        if compared and served:
            yield from Fault.answered(served[-1], compared, self._said())
        for error in reversed(self.server.caught):
            yield Fault.of(error)
        for half in reversed(served):
            if isinstance(half.error, Exception):
                yield Fault.unhandled(half)
        if caught := self._caught(compared):
            yield from Fault.came(caught)
        if self.error is not None:
            for part in tracing.unfolded(self.error):
                yield Fault.of(part)
        yield from self._stalled()
        if exercise := exercise_of(self.item.path):
            yield from Fault.idle(str(exercise.file))

    def _caught(self, compared: Comparison | None) -> BaseException | None:
        """Return the exception of the learner's that the suite caught and compared, if any."""
        error = self._cause()
        return held.caught(error, compared.came) if error and compared else None

    def _stalled(self) -> Iterator[Fault]:
        """Yield the fault that the loop stood still, the longest time first."""
        for stall in sorted(self.stalls.found, key=lambda stall: -stall.seconds):
            yield Fault("Stalled", f"{stall.seconds:.2f}", stall.line, raised=True)


@functools.cache
def source_of(function: Callable[..., object]) -> str:
    """Return the source of a check; it is read once, and may be read before it is needed."""
    return inspect.getsource(function)


def _asserted(error: BaseException) -> str:
    """Return what an assertion without a comparison says, from its own line."""
    claim = unfound.line_of(error).removeprefix("assert ").partition("  #")[0]
    return f"This must hold, and does not: {claim}" if claim else "An assertion failed."
