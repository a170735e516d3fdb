"""Whoever judges tests: they pass on the right app, and each of its mutants is caught by one."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Awaitable, Iterable
from pathlib import Path
from traceback import walk_tb
from types import ModuleType

import pytest

from workshop.course import exercise_of
from workshop.mutation.trial import PATIENCE, RIGHT, Ended, PatienceError, Session, Trial


class Judge:
    """Asks tests, and says in assertions what is wrong with them."""

    def __init__(self, trial: Trial, session: Session) -> None:
        self.session = session
        self._trial = trial
        self._asked: set[str] = set()

    def passes(self) -> None:
        """Raise what a test raises on the right app, or an assertion that says it in words."""
        self._ask([RIGHT])
        ended = self._trial.on(RIGHT)
        assert ended, NO_TESTS.format(file=self._trial.shown.name)
        failed = [test for test in ended if test.error]
        if failed:
            if not isinstance(failed[0].error, PatienceError):
                self.session.run(self._trial, [RIGHT], only=failed[0].test)  # so that it is shown
            raise self._told(failed[0], len(failed) - 1)
        self._ask(self._trial.mutants)

    def catches(self, name: str) -> None:
        """Raise an assertion, with the score, when no test catches this fault."""
        trial = self._trial
        self._ask([RIGHT, *trial.mutants])
        if trial.caught(name):
            return
        assert not all(test.error for test in trial.on(RIGHT)), NONE_PASSES
        past = [test.test for test in trial.on(name)]
        caught = sum(map(trial.caught, trial.mutants))
        score = SCORE.format(caught=caught, all=len(trial.mutants))
        assert past, f"{NOT_REACHED}\n{score}"
        self.session.run(trial, [name])  # once more, so that it is shown
        names = ", ".join(past[:3]) + (" and others" if past[3:] else "")
        why = CLOSER if _asserts(trial.file) else NO_ASSERT
        raise AssertionError(f"{PAST.format(names=names)} {why}\n{score}")

    def _ask(self, apps: Iterable[str]) -> None:
        """Run the tests on those apps on which they have not run yet, the right one first."""
        for group in [RIGHT], [app for app in apps if app != RIGHT]:
            left = [app for app in group if app in {*apps} - self._asked]
            self._asked.update(left)
            if left:
                self.session.run(self._trial, left)

    def _told(self, test: Ended, more: int) -> BaseException:
        """Return what says why a test fails on the right app, as `more` others do."""
        error = test.error
        match error:
            case AssertionError() | pytest.fail.Exception():
                said = f"{A_COROUTINE}\n{error}" if "<coroutine " in str(error) else str(error)
            case pytest.skip.Exception():
                said = SKIPPED
            case PatienceError():
                said = TOO_LONG
            case AttributeError() if isinstance(error.obj, Awaitable):
                said = NO_AWAIT.format(name=error.name)
            case pytest.FixtureLookupError():
                fixtures = ", ".join(_fixtures(self._trial.fixtures))
                said = NO_FIXTURE.format(name=error.argname, all=fixtures)
            case BaseException() if type(error).__module__ in self._trial.modules:
                said = ENDED_IN.format(kind=type(error).__name__, text=error)
            case _:
                return error or AssertionError()
        also = f" So {'do' if more > 1 else 'does'} {more} more." if more else ""
        where = _where(error, str(self._trial.shown))
        return AssertionError(f"{FAILS.format(name=test.test)}{also}\n{where}\n{said}")


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


JUDGE = pytest.StashKey[Judge]()


def _where(error: BaseException, name: str) -> str:
    """Return the line of a file at which an error arose."""
    lines = [n for frame, n in walk_tb(error.__traceback__) if frame.f_code.co_filename == name]
    return f"Line {lines[-1]}: {linecache.getline(name, lines[-1]).strip()}" if lines else ""


def _asserts(file: Path) -> bool:
    """Say whether there is an assertion anywhere in a file."""
    return any(
        isinstance(node, ast.Assert) or getattr(node, "attr", "") in {"raises", "fail"}
        for node in ast.walk(ast.parse(file.read_bytes()))
    )


def _fixtures(module: ModuleType) -> list[str]:
    """Return the names of the fixtures in a module."""
    kind = type(pytest.fixture(lambda: None))
    return sorted(name for name, value in vars(module).items() if isinstance(value, kind))


NO_TESTS = (
    "There is no test in {file}. A test is a function whose name begins with `test_`:"
    " `async def test_read(client): …`"
)
FAILS = "{name} fails on the right code, so it is the test that is wrong."
SKIPPED = "It was skipped. A test that does not run proves nothing."
TOO_LONG = f"It was still waiting after {PATIENCE:g} seconds."
NO_AWAIT = (
    "`.{name}` is asked of something that was not awaited. Put `await` before the call that made"
    " it, and `async` before the `def` of the test."
)
A_COROUTINE = "A coroutine came: an `await` is missing before the call that made it."
ENDED_IN = "It ended in {kind}: {text}"
NO_FIXTURE = "It takes `{name}`, and there is no such fixture. Here are: {all}."
NONE_PASSES = "No test of yours passes on the right code yet, so none can catch a fault."
NOT_REACHED = "Let through: no test of yours gets to what is broken here."
PAST = "Let through: {names} came past the fault and passed."
CLOSER = "Look closer at what comes, or ask for something else."
NO_ASSERT = "Without an `assert` a test looks at nothing, and passes on every app."
SCORE = "Your tests catch {caught} of {all} faults."
