"""From what was heard to the report: which check was on, what stopped it, on which line."""

from __future__ import annotations

import contextlib
import linecache
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from workshop.course import Exercise, Question
from workshop.report import Check, Line, Outcome, Report, verdict
from workshop.runner.integrity import THREAD
from workshop.runner.messages import CUT_OFF
from workshop.runner.outcome import Heard, Limits, Mishap
from workshop.runner.stack_sampler import Whereabouts, from_stacks

NOT_ASKED = "It was not asked: the checks ended before."
CRASHES = ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE")
LATE = ("busy", "waiting", "startup", "cleanup", "deadline")
"""Mishaps of a suite whose time was up."""
LOCATED = (*LATE, "crash", "interrupt")
"""Mishaps at which it is known where the code was."""


def conclude(
    exercise: Exercise, content: bytes, heard: Heard, limits: Limits, seconds: float
) -> Report:
    """Return the report on an exercise.

    `content` is the source that was checked, and `seconds` what the check took, from the first
    line of the learner's code on.
    """
    where = heard.whereabouts
    if not (where.busy or where.waiting):
        where = from_stacks(heard.stacks, heard.main, exercise.root)
    mishap = _mishap(heard, where, limits)
    lines: tuple[Line, ...] = ()
    if mishap and mishap.kind in LOCATED:
        lines = tuple(_quoted(exercise, content, where.busy or where.waiting))
    checks = tuple(_complete(exercise, heard, mishap, lines))
    outcome, message, advice, place = verdict(checks), None, None, None
    left = [words for words in heard.left if outcome is Outcome.PASSED or not _follows(words)]
    if left:
        message = left[0]
    elif mishap and not _told(mishap, heard.checks):
        place = lines[-1] if lines else None
        message, advice = mishap.sentence, mishap.advice(place)
    elif first := _known(checks):
        message, advice, place = first.message, first.advice, first.place
    if message:
        outcome = Outcome.BROKEN
    report = Report(exercise.step, exercise.name, outcome, checks, message, advice, heard.output)
    return replace(report, seconds=seconds, place=place)


def _told(mishap: Mishap, checks: Sequence[Check]) -> bool:
    """Say whether the checks that ended tell more than what kept the others from their end."""
    if mishap.kind in LATE:
        return any(check.outcome is Outcome.FAILED for check in checks)
    return mishap.kind == "stumbled" and _known(checks) is not None


def _follows(left: str) -> bool:
    """Say whether what was left behind may be the consequence of a check that did not pass."""
    return left.startswith(THREAD)


def _known(checks: Sequence[Check]) -> Check | None:
    """Return the check that says why all of them are broken, if one reason does."""
    if not checks or any(check.outcome is not Outcome.BROKEN for check in checks):
        return None
    on_import = any(line.function == "<module>" for line in checks[0].traceback)
    return checks[0] if on_import or len({check.message for check in checks}) == 1 else None


def _mishap(heard: Heard, where: Whereabouts, limits: Limits) -> Mishap | None:
    """Return what kept the suite from its end, or None."""
    if heard.ended:
        return heard.trouble
    wrote = heard.stacks.startswith("Timeout (")
    late = heard.trouble.kind == "deadline" if heard.trouble else wrote
    if late:
        waiting = (where.phase or "waiting") if where.waiting else "deadline"
        kind = "busy" if where.busy else waiting
        return Mishap(kind, f"{limits.seconds:g} second{'s' * (limits.seconds != 1)}")
    return heard.trouble or _exit(heard.exit)


def _exit(code: int | None) -> Mishap:
    """Return the mishap of a process that ended by itself, with its exit code or minus a signal."""
    if code is None or code == CUT_OFF:
        return Mishap("cut-off")
    if code >= 0xC0000000:  # Windows
        return Mishap("crash", f"{code:#x}")
    if code >= 0:
        return Mishap("exit", f"{code}")
    name = f"signal {-code}"
    with contextlib.suppress(ValueError):
        name = signal.Signals(-code).name
    return Mishap("crash" if name in CRASHES else "killed", name)


def _complete(
    exercise: Exercise, heard: Heard, mishap: Mishap | None, lines: tuple[Line, ...]
) -> Iterator[Check]:
    """Yield the checks in the suite's order; those that did not end are broken, by name."""
    running = (heard.running or "").partition("[")[0]
    for question in exercise.questions:
        asked = [c for c in heard.checks if c.name.partition("[")[0] == question.name]
        yield from asked
        if question.name == running and mishap:
            advice = mishap.advice(lines[-1] if lines else None)
            yield replace(_open(question, mishap.sentence), advice=advice, traceback=lines)
        elif not asked:
            yield _open(question, NOT_ASKED)


def _open(question: Question, message: str) -> Check:
    """Return a check that has no answer."""
    return Check(
        question.name,
        question.sentence,
        Outcome.BROKEN,
        message,
        question.hints,
        code=question.code,
    )


def _quoted(exercise: Exercise, content: bytes, lines: tuple[Line, ...]) -> Iterator[Line]:
    """Yield lines with their code, as it was when it ran."""
    own = exercise.file.relative_to(exercise.root).as_posix()
    source = content.decode("utf-8", "replace").splitlines()
    for line in lines:
        code = line.code
        if line.file == own and 0 < line.number <= len(source):
            code = source[line.number - 1]
        elif not code:
            code = linecache.getline(str(exercise.root / Path(line.file)), line.number)
        yield replace(line, code=code.strip())
