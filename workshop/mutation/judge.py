"""Whoever judges tests: they pass on the right app, and each of its mutants is caught by one."""

from __future__ import annotations

import linecache
import re
from collections.abc import Awaitable, Iterator
from pathlib import Path
from traceback import FrameSummary, extract_tb
from types import ModuleType

import pytest

from workshop.advice.catalogue import advise
from workshop.advice.causes import Causes
from workshop.advice.faults import Fault
from workshop.course import exercise_of
from workshop.mutation import messages
from workshop.mutation.apart import SleepError
from workshop.mutation.clerk import PatienceError
from workshop.mutation.reading import asks, fixtures_of, line_of, looks, never_run
from workshop.mutation.session import Session
from workshop.mutation.trial import RIGHT, Ended, Trial
from workshop.recorder.tracebacks import line_at
from workshop.report import Line


class Judge:
    """Asks tests, and says in assertions what is wrong with them."""

    def __init__(self, trial: Trial, session: Session) -> None:
        self.session = session
        self._trial = trial

    def passes(self) -> None:
        """Raise what a test raises on the right app, or an assertion that says it in words."""
        trial = self._heard_on(RIGHT)
        assert not trial.trouble, self._uncollected()
        ended = trial.on(RIGHT)
        unwritten = [test for test in ended if _unwritten(test)]
        failed = [test for test in ended if test.outcome == "failed" and test not in unwritten]
        if failed:
            if not isinstance(failed[0].error, PatienceError | SleepError):
                self.session.show(trial, failed[0].test, RIGHT)
            raise self._told(failed[0], len(failed) - 1)
        names = ", ".join(f"{test.test} (line {_line(test.error)})" for test in unwritten)
        first = self._at(_line(unwritten[0].error)) if unwritten else None
        assert not unwritten, messages.NOT_WRITTEN.format(names=names) | messages.TO_WRITE(at=first)
        why = "\n".join([messages.NO_TESTS.format(file=trial.shown.name), *never_run(trial)])
        assert ended, why | messages.TO_NAME()
        idle = "\n".join(_idle(trial))
        assert any(test.outcome in messages.PROVES for test in ended), idle | messages.TO_RUN(
            at=self._defined(ended[0].test)
        )

    def catches(self, name: str) -> None:
        """Raise an assertion when no test catches this fault."""
        trial = self._heard_on(RIGHT, name)
        assert not trial.trouble, messages.NONE_COLLECTED | messages.TO_PASS()
        if trial.caught(name):
            return
        assert any(test.outcome == "passed" for test in trial.on(RIGHT)), (
            messages.NONE_PASSES | messages.TO_PASS()
        )
        past = trial.able(name)
        said = self._past(past, name) if past else messages.NOT_REACHED | messages.TO_REACH()
        before = [*never_run(trial), *_idle(trial)]
        raise AssertionError("\n".join([*before, str(said)]) | said)

    def _past(self, tests: list[str], name: str) -> Causes:
        """Return what is to be said of tests that let a fault through, and show one of them.

        Of a table's rows one is shown only when its name has the fault in it: which of the others
        was meant to notice the fault, nobody knows.
        """
        blind = [test for test in tests if not looks(self._trial, test)]
        named = [test for test in tests if name in test]
        shown = (blind or named or tests)[0]
        function = shown.partition("[")[0]
        at = self._defined(function)
        table = [test for test in tests if test.startswith(f"{function}[")]
        if len(table) > 1 and not blind and not named:
            more = f", and so did {_others(n)}" if (n := len(tests) - len(table)) else ""
            words = messages.ROWS.format(name=self._named(function), number=len(table), more=more)
            return words | messages.TO_ADD(at=at)
        self.session.show(self._trial, shown, name)
        more = f", and so did {_others(len(tests) - 1)}" if tests[1:] else ""
        todo = (
            messages.TO_ASSERT
            if blind
            else messages.TO_LOOK
            if asks(self._trial, shown)
            else messages.TO_CALL
        )
        return messages.PAST.format(name=self._named(shown), more=more) | todo(at=at)

    def _at(self, number: int) -> Line | None:
        """Return a line of the learner's file."""
        return line_at(str(self._trial.shown), number) if number else None

    def _defined(self, test: str) -> Line | None:
        """Return the line at which a test is defined."""
        return self._at(line_of(self._trial, test))

    def _named(self, test: str) -> str:
        """Return a test's name with its line."""
        number = line_of(self._trial, test)
        return f"{test} (line {number})" if number else test

    def _uncollected(self) -> Causes:
        """Return why pytest makes no tests of the file, with the line of the test that it names."""
        why = self._trial.trouble
        names = [name for name in re.findall(r"\w+", why) if line_of(self._trial, name)]
        where = f"Line {line_of(self._trial, names[0])}, " if names else ""
        words = messages.NOT_COLLECTED.format(why=f"{where}{why}")
        at = self._defined(names[0]) if names else None
        known = next((known for part, known in messages.TO_COLLECT.items() if part in why), None)
        return words | known(at=at) if known else Causes(words)

    def _heard_on(self, *apps: str) -> Trial:
        """Return the trial when the tests have been heard on these apps."""
        for app in apps:
            if app not in self._trial.heard:
                self._trial.heard.add(app)
                self.session.hear(self._trial, app)
        return self._trial

    def _told(self, test: Ended, more: int) -> BaseException:
        """Return what says why a test fails on the right app, as `more` others do."""
        error = test.error
        fixtures = fixtures_of(self._trial.fixtures)
        innermost = _innermost(error)
        number = _line(error, str(self._trial.shown))
        at = self._at(number) or self._defined(test.test.partition("[")[0])
        match error:
            case AssertionError() if not str(error) and "absolute" in (innermost.line or ""):
                said = Causes(messages.ABSOLUTE)
            case AssertionError() | pytest.fail.Exception() if "<coroutine " in str(error):
                said = str(error) | messages.A_COROUTINE(at=at)
            case AssertionError() | pytest.fail.Exception():
                said = (
                    Causes(str(error))
                    if _explained(error)
                    else str(error) | messages.TO_HOLD(at=at)
                )
            case PatienceError():
                said = messages.TOO_LONG | messages.TO_COME(at=at)
            case SleepError():
                said = messages.SLEEPS | messages.TO_AWAIT(at=at)
            case AttributeError() if isinstance(error.obj, Awaitable):
                said = messages.NO_AWAIT.format(name=error.name) | messages.A_COROUTINE(at=at)
            case NameError() if error.name in fixtures:
                words = messages.NO_ARGUMENT.format(name=error.name, test=test.test)
                said = words | messages.TO_TAKE(at=at)
            case pytest.FixtureLookupError():
                said = Causes(
                    messages.NO_FIXTURE.format(name=error.argname, all=", ".join(fixtures))
                )
            case Exception() if innermost.filename != str(self._trial.shown):
                said = Causes(messages.ENDED_IN.format(kind=type(error).__name__, text=error))
            case _:
                return error or AssertionError()
        also = f" So {'do' if more > 1 else 'does'} {_others(more)}." if more else ""
        line = linecache.getline(str(self._trial.shown), number).strip()
        where = f"Line {number}: {line}\n" if number else ""
        return AssertionError(
            f"{messages.FAILS.format(name=test.test)}{also}\n{where}{said}" | said
        )


def _explained(error: BaseException) -> bool:
    """Say whether the catalogue of misconceptions knows the words of a test's failure."""
    return advise([Fault(type(error).__name__, str(error))]) is not None


def judge_of(
    request: pytest.FixtureRequest, file: Path, fixtures: ModuleType, session: Session
) -> Judge:
    """Return the judge of a suite, which has its mutants in `FAULTS`; one for all of its checks."""
    stash = request.node.getparent(pytest.Module).stash
    if JUDGE not in stash:
        beside = request.path.with_name(request.path.name.removeprefix("test_"))
        shown = file if exercise_of(file) else beside
        stash[JUDGE] = Judge(Trial(file, shown, fixtures, request.module.FAULTS), session)
    judge: Judge = stash[JUDGE]
    judge.session = session
    return judge


def _idle(trial: Trial) -> Iterator[str]:
    """Yield a sentence for each test that did not pass, and need not: it catches nothing."""
    for test in trial.on(RIGHT):
        if test.outcome in messages.IDLE:
            yield f"{test.test}: {messages.IDLE[test.outcome]}"


JUDGE = pytest.StashKey[Judge]()
UNWRITTEN = "not written yet"
"""What the tests of a stub raise."""


def _unwritten(test: Ended) -> bool:
    """Say whether a test is still as it was handed out."""
    return isinstance(test.error, AssertionError) and str(test.error) == UNWRITTEN


def _line(error: BaseException | None, file: str = "") -> int:
    """Return the line at which an error arose, in this file or anywhere; 0 when in none."""
    lines = extract_tb(error.__traceback__) if error else []
    return next((line.lineno or 0 for line in reversed(lines) if file in line.filename), 0)


def _innermost(error: BaseException | None) -> FrameSummary:
    """Return the line at which an error arose."""
    lines = extract_tb(error.__traceback__) if error else []
    return lines[-1] if lines else FrameSummary("", 0, "")


def _others(number: int) -> str:
    return f"{number} others" if number > 1 else "1 other"
