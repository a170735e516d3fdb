"""Build the report of a check from the `RunState`: checks, reason of termination, place, advice."""

from __future__ import annotations

import contextlib
import linecache
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from workshop.course import Exercise, Question
from workshop.report import Check, Line, Outcome, Report, verdict
from workshop.runner.integrity import THREAD_LEFT
from workshop.runner.limits import Limits
from workshop.runner.protocol import CUT_OFF
from workshop.runner.run_state import RunState, TerminationReason
from workshop.runner.stack_sampler import StackSample, from_faulthandler

NOT_ASKED = "It was not asked: the checks ended before."
CRASHES = ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE")
TIMEOUTS = ("busy", "waiting", "startup", "cleanup", "deadline")
"""Kinds of termination because the time was up."""
LOCATED = (*TIMEOUTS, "crash", "interrupt")
"""Kinds of termination for which the line of the code is known."""


def build_report(
    exercise: Exercise, content: bytes, state: RunState, limits: Limits, seconds: float
) -> Report:
    """Return the report on an exercise.

    `content` is the source that was checked; `seconds` is the duration since the learner's code
    began.
    """
    where = state.sample
    if not (where.busy or where.waiting):
        where = from_faulthandler(state.stack_dump, state.main_thread, exercise.root)
    reason = _reason(state, where, limits)
    lines: tuple[Line, ...] = ()
    if reason and reason.kind in LOCATED:
        lines = tuple(_with_code(exercise, content, where.busy or where.waiting))
    checks = tuple(_all_checks(exercise, state, reason, lines))
    outcome, message, advice, place = verdict(checks), None, None, None
    violations = state.violations
    if outcome is not Outcome.PASSED:
        violations = [words for words in violations if not _may_be_consequence(words)]
    if violations:
        message = violations[0]
    elif reason and not _checks_say_more(reason, state.checks):
        place = lines[-1] if lines else None
        message, advice = reason.sentence, reason.advice(place)
    elif first := _common_cause(checks):
        message, advice, place = first.message, first.advice, first.place
    if message:
        outcome = Outcome.BROKEN
    report = Report(exercise.step, exercise.name, outcome, checks, message, advice, state.output)
    return replace(report, seconds=seconds, place=place)


def _checks_say_more(reason: TerminationReason, checks: Sequence[Check]) -> bool:
    """Return whether the checks that ended explain more than the reason of the termination does."""
    if reason.kind in TIMEOUTS:
        return any(check.outcome is Outcome.FAILED for check in checks)
    return reason.kind == "stumbled" and _common_cause(checks) is not None


def _may_be_consequence(left: str) -> bool:
    """Return whether a violation may follow from a check that did not pass: a running thread."""
    return left.startswith(THREAD_LEFT)


def _common_cause(checks: Sequence[Check]) -> Check | None:
    """Return the first check if all are broken for the same cause, else None."""
    if not checks or any(check.outcome is not Outcome.BROKEN for check in checks):
        return None
    on_import = any(line.function == "<module>" for line in checks[0].traceback)
    return checks[0] if on_import or len({check.message for check in checks}) == 1 else None


def _reason(state: RunState, where: StackSample, limits: Limits) -> TerminationReason | None:
    """Return why the suite did not come to its end, or None."""
    if state.ended:
        return state.reason
    wrote = state.stack_dump.startswith("Timeout (")
    late = state.reason.kind == "deadline" if state.reason else wrote
    if late:
        waiting = (where.phase or "waiting") if where.waiting else "deadline"
        kind = "busy" if where.busy else waiting
        return TerminationReason(kind, f"{limits.seconds:g} second{'s' * (limits.seconds != 1)}")
    return state.reason or _exit_reason(state.exit_code)


def _exit_reason(code: int | None) -> TerminationReason:
    """Return the reason for a process that ended by itself; a negative code is a signal."""
    if code is None or code == CUT_OFF:
        return TerminationReason("cut-off")
    if code >= 0xC0000000:  # Windows
        return TerminationReason("crash", f"{code:#x}")
    if code >= 0:
        return TerminationReason("exit", f"{code}")
    name = f"signal {-code}"
    with contextlib.suppress(ValueError):
        name = signal.Signals(-code).name
    return TerminationReason("crash" if name in CRASHES else "killed", name)


def _all_checks(
    exercise: Exercise, state: RunState, reason: TerminationReason | None, lines: tuple[Line, ...]
) -> Iterator[Check]:
    """Yield all checks in the suite's order; those that did not end are broken."""
    running = (state.running or "").partition("[")[0]
    for question in exercise.questions:
        ended = [c for c in state.checks if c.name.partition("[")[0] == question.name]
        yield from ended
        if question.name == running and reason:
            advice = reason.advice(lines[-1] if lines else None)
            yield replace(_unanswered(question, reason.sentence), advice=advice, traceback=lines)
        elif not ended:
            yield _unanswered(question, NOT_ASKED)


def _unanswered(question: Question, message: str) -> Check:
    """Return a broken check with this message."""
    return Check(
        question.name,
        question.sentence,
        Outcome.BROKEN,
        message,
        question.hints,
        code=question.code,
    )


def _with_code(exercise: Exercise, content: bytes, lines: tuple[Line, ...]) -> Iterator[Line]:
    """Yield lines with their code; for the learner's file, from the content that was checked."""
    own = exercise.file.relative_to(exercise.root).as_posix()
    source = content.decode("utf-8", "replace").splitlines()
    for line in lines:
        code = line.code
        if line.file == own and 0 < line.number <= len(source):
            code = source[line.number - 1]
        elif not code:
            code = linecache.getline(str(exercise.root / Path(line.file)), line.number)
        yield replace(line, code=code.strip())
