"""Whoever judges tests: they pass on the right app, and each of its mutants is caught by one."""

from __future__ import annotations

import linecache
import re
from collections.abc import Awaitable, Iterator
from pathlib import Path
from traceback import FrameSummary, extract_tb
from types import ModuleType

import pytest

from workshop.course import exercise_of
from workshop.mutation.apart import SleepError
from workshop.mutation.clerk import PATIENCE, PatienceError
from workshop.mutation.reading import asks, fixtures_of, line_of, looks, never_run
from workshop.mutation.session import Session
from workshop.mutation.trial import RIGHT, Ended, Trial


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
        assert not unwritten, NOT_WRITTEN.format(names=names)
        assert ended, "\n".join([NO_TESTS.format(file=trial.shown.name), *never_run(trial)])
        assert any(test.outcome in PROVES for test in ended), _without_proof(ended)

    def catches(self, name: str) -> None:
        """Raise an assertion when no test catches this fault."""
        trial = self._heard_on(RIGHT, name)
        assert not trial.trouble, NONE_COLLECTED
        if trial.caught(name):
            return
        assert any(test.outcome == "passed" for test in trial.on(RIGHT)), NONE_PASSES
        asked = {test.test for test in trial.on(name)}
        past = [test.test for test in trial.on(RIGHT) if test.test in asked]  # as in the file
        said = self._past(past, name) if past else NOT_REACHED
        raise AssertionError("\n".join([*never_run(trial), *_idle(trial), said]))

    def _past(self, tests: list[str], name: str) -> str:
        """Return what is to be said of tests that let a fault through, and show one of them.

        Of a table's rows one is shown only when its name has the fault in it: which of the others
        was meant to notice the fault, nobody knows.
        """
        blind = [test for test in tests if not looks(self._trial, test)]
        named = [test for test in tests if name in test]
        shown = (blind or named or tests)[0]
        function = shown.partition("[")[0]
        table = [test for test in tests if test.startswith(f"{function}[")]
        if len(table) > 1 and not blind and not named:
            more = f", and so did {_others(n)}" if (n := len(tests) - len(table)) else ""
            return ROWS.format(name=self._named(function), number=len(table), more=more)
        self.session.show(self._trial, shown, name)
        more = f", and so did {_others(len(tests) - 1)}" if tests[1:] else ""
        why = NO_ASSERT if blind else CLOSER if asks(self._trial, shown) else CALLED
        return f"{PAST.format(name=self._named(shown), more=more)} {why.format(name=shown)}"

    def _named(self, test: str) -> str:
        """Return a test's name with its line."""
        number = line_of(self._trial, test)
        return f"{test} (line {number})" if number else test

    def _uncollected(self) -> str:
        """Return why pytest makes no tests of the file, with the line of the test that it names."""
        why = self._trial.trouble
        names = [name for name in re.findall(r"\w+", why) if line_of(self._trial, name)]
        where = f"Line {line_of(self._trial, names[0])}, " if names else ""
        todo = next((f"\n{todo}" for known, todo in NOT_COLLECTED_TODO.items() if known in why), "")
        return NOT_COLLECTED.format(why=f"{where}{why}{todo}")

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
        match error:
            case AssertionError() if not str(error) and "absolute" in (innermost.line or ""):
                said = ABSOLUTE
            case AssertionError() | pytest.fail.Exception():
                said = f"{A_COROUTINE}\n{error}" if "<coroutine " in str(error) else str(error)
            case PatienceError():
                said = TOO_LONG
            case SleepError():
                said = SLEEPS
            case AttributeError() if isinstance(error.obj, Awaitable):
                said = NO_AWAIT.format(name=error.name)
            case NameError() if error.name in fixtures:
                said = NO_ARGUMENT.format(name=error.name, test=test.test)
            case pytest.FixtureLookupError():
                said = NO_FIXTURE.format(name=error.argname, all=", ".join(fixtures))
            case Exception() if innermost.filename != str(self._trial.shown):
                said = ENDED_IN.format(kind=type(error).__name__, text=error)
            case _:
                return error or AssertionError()
        also = f" So {'do' if more > 1 else 'does'} {_others(more)}." if more else ""
        number = _line(error, str(self._trial.shown))
        line = linecache.getline(str(self._trial.shown), number).strip()
        where = f"Line {number}: {line}\n" if number else ""
        return AssertionError(f"{FAILS.format(name=test.test)}{also}\n{where}{said}")


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


def _without_proof(ended: list[Ended]) -> str:
    """Return why tests that all were skipped, or are expected to fail, prove nothing."""
    return "\n".join(f"{test.test}: {IDLE[test.outcome]}" for test in ended if test.outcome in IDLE)


def _idle(trial: Trial) -> Iterator[str]:
    """Yield a sentence for each test that did not pass, and need not: it catches nothing."""
    for test in trial.on(RIGHT):
        if test.outcome in IDLE:
            yield f"{test.test}: {IDLE[test.outcome]}"


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


NO_TESTS = (
    "There is no test in {file}. A test is a function whose name begins with `test_`:"
    " `async def test_read(client): …`"
)
NOT_WRITTEN = "Still to be written: {names}."
NOT_COLLECTED = "pytest cannot make tests of your file:\n{why}"
NOT_COLLECTED_TODO = {
    "Passing a non-Collection iterable": "Give `parametrize` its values as a list: `[…]`.",
    "has a __init__ constructor": "Take `__init__` out of the class; a fixture prepares its tests.",
}
"""By a part of pytest's message: what to do."""
NONE_COLLECTED = "pytest cannot make tests of your file, so none can catch a fault."
FAILS = "{name} fails on the right code, so the fault is in your file."
IDLE = {
    "skipped": "It was skipped. A test that does not run proves nothing.",
    "xfailed": "It is marked `xfail`, and fails. Such a test notices no fault.",
    "xpassed": "It is marked `xfail`, so it notices no fault: take the mark away.",
}
PROVES = ("passed", "xpassed")
TOO_LONG = f"It was still waiting after {PATIENCE:g} seconds, for what does not come."
SLEEPS = (
    "A test never sleeps: that is too long, and on a slower machine too short. `await` the thing"
    " that you wait for."
)
NO_AWAIT = (
    "`.{name}` is asked of something that was not awaited. Put `await` before the call that made"
    " it, and `async` before the `def` of the test."
)
A_COROUTINE = "A coroutine came: an `await` is missing before the call that made it."
ENDED_IN = "It ended in {kind}: {text}"
ABSOLUTE = "The client knows where the blog is: give it the path alone, such as `/api/posts/1`."
NO_ARGUMENT = "`{name}` is a fixture; a test gets it as an argument: `async def {test}({name}):`"
NO_FIXTURE = "It takes `{name}`, and there is no such fixture. Here are: {all}."
NONE_PASSES = "No test of yours passes on the right code yet, so none can catch a fault."
NOT_REACHED = "Let through: no test of yours gets to what is broken here."
PAST = "Let through: {name} came past the fault and passed{more}."
ROWS = (
    "Let through: all {number} rows of {name} came past the fault and passed{more}. Add a row for"
    " this fault; if there is one, look closer at what it sends and expects."
)
CLOSER = "Look closer at what happened there, shown below, or ask for something else."
CALLED = "Look closer at what is returned, or give it something else."
NO_ASSERT = "There is no `assert` in {name}, so it looks at nothing and passes on every app."
