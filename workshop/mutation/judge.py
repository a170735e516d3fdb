"""The judge of a learner's tests: they pass on the right app, and one catches each mutant."""

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
from workshop.mutation.inner_plugin import SleepError, TimeLimitError
from workshop.mutation.inner_pytest import TrialRunner
from workshop.mutation.trial import RIGHT, Trial, TrialResult, fixture_names
from workshop.recorder.tracebacks import line_at
from workshop.report import Line


class Judge:
    """Runs the tests of a trial where needed, and raises in assertions what is wrong with them."""

    def __init__(self, trial: Trial, runner: TrialRunner) -> None:
        self.runner = runner
        self.trial = trial

    def passes(self) -> None:
        """Run the tests on the right app.

        Raises what a test raises there, or AssertionError with what is wrong in words.
        """
        trial = self._run_on(RIGHT)
        assert not trial.collect_error, self._uncollected()
        results = trial.results_on(RIGHT)
        unwritten = [test for test in results if _unwritten(test)]
        failed = [test for test in results if test.outcome == "failed" and test not in unwritten]
        if failed:
            if not isinstance(failed[0].error, TimeLimitError | SleepError):
                self.runner.rerun_recorded(trial, failed[0].test, RIGHT)
            raise self._failure(failed[0], len(failed) - 1)
        names = ", ".join(f"{test.test} (line {_line_number(test.error)})" for test in unwritten)
        first = self._at(_line_number(unwritten[0].error)) if unwritten else None
        assert not unwritten, messages.NOT_WRITTEN.format(names=names) | messages.TO_WRITE(at=first)
        why = "\n".join(
            [messages.NO_TESTS.format(file=trial.display_path.name), *trial.never_run()]
        )
        assert results, why | messages.TO_NAME()
        idle = "\n".join(_idle(trial))
        assert any(test.outcome in messages.PROVES for test in results), idle | messages.TO_RUN(
            at=self._defined(results[0].test)
        )

    def catches(self, name: str) -> None:
        """Run the tests on the mutant with this fault.

        Raises AssertionError when no test catches it.
        """
        trial = self._run_on(RIGHT, name)
        assert not trial.collect_error, messages.NONE_COLLECTED | messages.TO_PASS()
        if trial.caught(name):
            return
        assert any(test.outcome == "passed" for test in trial.results_on(RIGHT)), (
            messages.NONE_PASSES | messages.TO_PASS()
        )
        past = trial.reaching(name)
        said = self._let_through(past, name) if past else messages.NOT_REACHED | messages.TO_REACH()
        before = [*trial.never_run(), *_idle(trial)]
        raise AssertionError("\n".join([*before, str(said)]) | said)

    def _let_through(self, tests: list[str], name: str) -> Causes:
        """Return the message about tests that let a fault through; run one of them again, recorded.

        Of the rows of a parametrized test one is run again only when its name has the fault in it:
        nothing says which of the others was meant to notice the fault.
        """
        blind = [test for test in tests if not self.trial.has_assertion(test)]
        named = [test for test in tests if name in test]
        shown = (blind or named or tests)[0]
        function = shown.partition("[")[0]
        at = self._defined(function)
        table = [test for test in tests if test.startswith(f"{function}[")]
        if len(table) > 1 and not blind and not named:
            more = f", and so did {_others(n)}" if (n := len(tests) - len(table)) else ""
            words = messages.ROWS.format(name=self._named(function), number=len(table), more=more)
            return words | messages.TO_ADD(at=at)
        self.runner.rerun_recorded(self.trial, shown, name)
        more = f", and so did {_others(len(tests) - 1)}" if tests[1:] else ""
        todo = (
            messages.TO_ASSERT
            if blind
            else messages.TO_LOOK
            if self.trial.is_coroutine(shown)
            else messages.TO_CALL
        )
        return messages.PAST.format(name=self._named(shown), more=more) | todo(at=at)

    def _at(self, number: int) -> Line | None:
        """Return a line of the learner's file."""
        return line_at(str(self.trial.display_path), number) if number else None

    def _defined(self, test: str) -> Line | None:
        """Return the line at which a test is defined."""
        return self._at(self.trial.line_of(test))

    def _named(self, test: str) -> str:
        """Return a test's name with its line."""
        number = self.trial.line_of(test)
        return f"{test} (line {number})" if number else test

    def _uncollected(self) -> Causes:
        """Return why pytest makes no tests of the file, with the line of the test that it names."""
        why = self.trial.collect_error
        names = [name for name in re.findall(r"\w+", why) if self.trial.line_of(name)]
        where = f"Line {self.trial.line_of(names[0])}, " if names else ""
        words = messages.NOT_COLLECTED.format(why=f"{where}{why}")
        at = self._defined(names[0]) if names else None
        known = next((known for part, known in messages.TO_COLLECT.items() if part in why), None)
        return words | known(at=at) if known else Causes(words)

    def _run_on(self, *apps: str) -> Trial:
        """Return the trial after its tests have run on these apps."""
        for app in apps:
            if app not in self.trial.apps_run:
                self.trial.apps_run.add(app)
                self.runner.run(self.trial, app)
        return self.trial

    def _failure(self, test: TrialResult, more: int) -> BaseException:
        """Return the error that says why a test fails on the right app, as `more` others do."""
        error = test.error
        fixtures = fixture_names(self.trial.fixtures)
        innermost = _innermost(error)
        number = _line_number(error, str(self.trial.display_path))
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
            case TimeLimitError():
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
            case Exception() if innermost.filename != str(self.trial.display_path):
                said = Causes(messages.ENDED_IN.format(kind=type(error).__name__, text=error))
            case _:
                return error or AssertionError()
        also = f" So {'do' if more > 1 else 'does'} {_others(more)}." if more else ""
        line = linecache.getline(str(self.trial.display_path), number).strip()
        where = f"Line {number}: {line}\n" if number else ""
        return AssertionError(
            f"{messages.FAILS.format(name=test.test)}{also}\n{where}{said}" | said
        )


def _explained(error: BaseException) -> bool:
    """Say whether the catalogue of misconceptions has an entry for a test's failure."""
    return advise([Fault(type(error).__name__, str(error))]) is not None


def judge_of(
    request: pytest.FixtureRequest, file: Path, fixtures: ModuleType, runner: TrialRunner
) -> Judge:
    """Return the judge of a suite, which has its mutants in `FAULTS`; one for all of its checks."""
    stash = request.node.getparent(pytest.Module).stash
    if JUDGE not in stash:
        beside = request.path.with_name(request.path.name.removeprefix("test_"))
        display_path = file if exercise_of(file) else beside
        stash[JUDGE] = Judge(Trial(file, display_path, fixtures, request.module.FAULTS), runner)
    judge: Judge = stash[JUDGE]
    judge.runner = runner
    return judge


def _idle(trial: Trial) -> Iterator[str]:
    """Yield a sentence for each test that did not pass, and need not: it catches nothing."""
    for test in trial.results_on(RIGHT):
        if test.outcome in messages.IDLE:
            yield f"{test.test}: {messages.IDLE[test.outcome]}"


JUDGE = pytest.StashKey[Judge]()
UNWRITTEN = "not written yet"
"""What the tests of a stub raise."""


def _unwritten(test: TrialResult) -> bool:
    """Say whether a test is still as it was handed out."""
    return isinstance(test.error, AssertionError) and str(test.error) == UNWRITTEN


def _line_number(error: BaseException | None, file: str = "") -> int:
    """Return the line at which an error arose, in this file or anywhere; 0 when in none."""
    lines = extract_tb(error.__traceback__) if error else []
    return next((line.lineno or 0 for line in reversed(lines) if file in line.filename), 0)


def _innermost(error: BaseException | None) -> FrameSummary:
    """Return the line at which an error arose."""
    lines = extract_tb(error.__traceback__) if error else []
    return lines[-1] if lines else FrameSummary("", 0, "")


def _others(number: int) -> str:
    return f"{number} others" if number > 1 else "1 other"
