"""Tests that somebody wrote are run on an app and on its mutants, and it is kept how each ends.

pytest runs them as it runs any, in a session of its own inside of the check that asks: once, out of
sight, on all apps. What went wrong can be run again where it is seen.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import inspect
import logging
import os
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import aiohttp
import pytest
from _pytest.assertion import util
from _pytest.assertion.rewrite import rewrite_asserts

from workshop.asking.output import Printed
from workshop.course import ROOT
from workshop.course.parsing import parse
from workshop.mutation.mutants import Mutant, Place, watched
from workshop.sandbox import suite

PATIENCE = 2.0
"""Seconds that one test may wait."""
RIGHT = "right"
"""The name of the app without a fault."""
UNUSED = (
    *suite.UNUSED,
    *("legacypath", "pastebin", "setuponly", "setupplan", "subtests", "unittest"),
    *("assertion", "threadexception", "unraisableexception", "warnings"),
)
"""Plugins of pytest's own that nobody needs here, or that the outer session has already."""


class PatienceError(Exception):
    """A test did not come to its end."""


class SleepError(Exception):
    """A test was about to sleep."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one test ended on one app."""

    test: str
    app: str
    error: BaseException | None
    """None when it passed."""
    reached: frozenset[Place]
    """On the right app: the functions that it reached, of those with a fault elsewhere."""


@dataclass
class Trial:
    """A file of tests, the mutants that it is to catch, and how its tests have ended so far.

    A test that fails on the right app catches nothing. One that never reaches the function with a
    fault cannot notice the fault, so it is not asked.
    """

    file: Path
    shown: Path
    """The path that tracebacks name, when the file is a copy."""
    fixtures: ModuleType
    """The module with the fixtures that the tests may take."""
    mutants: Mapping[str, Mutant]
    module: ModuleType = field(init=False)
    ended: list[Ended] = field(default_factory=list)
    trouble: str = ""
    """Why pytest finds no tests to run."""

    def __post_init__(self) -> None:
        self.module = _load(self.file, self.shown)

    @property
    def places(self) -> set[Place]:
        """The functions that have a fault in one of the mutants."""
        return {mutant.place for mutant in self.mutants.values()}

    def on(self, app: str) -> list[Ended]:
        """Return how the tests ended on an app."""
        return [ended for ended in self.ended if ended.app == app]

    def caught(self, name: str) -> bool:
        """Say whether a test failed on the app with this fault."""
        return any(ended.error for ended in self.on(name))

    def plan(self, tests: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield test and app, one after the other.

        On a mutant only the tests that can notice it are asked, until one does; those that have
        caught nothing yet come first, because many a test is there for one fault.
        """
        yield from ((test, RIGHT) for test in tests)
        for app, mutant in self.mutants.items():
            able = [e.test for e in self.on(RIGHT) if not e.error and mutant.place in e.reached]
            for test in sorted(able, key=self._has_caught):
                if not self.caught(app):
                    yield test, app

    def _has_caught(self, test: str) -> bool:
        return any(e.error for e in self.ended if e.test == test and e.app != RIGHT)


@dataclass(frozen=True, slots=True)
class Session:
    """Where tests run: in this folder; `look` is awaited before each ends."""

    folder: Path
    look: Callable[[], Awaitable[None]]

    def hear(self, trial: Trial) -> None:
        """Run the tests on the right app and on the mutants; keep how they end."""
        with _unseen(), _awake(trial.module, str(trial.shown)):
            self._run(trial, trial.plan, trial.ended)

    def show(self, trial: Trial, test: str, app: str) -> None:
        """Run one test once more, so that whoever writes down what happens can see it."""
        self._run(trial, lambda _: [(test, app)], [])

    def _run(self, trial: Trial, plan: Plan, ended: list[Ended]) -> None:
        clerk = _Clerk(trial, plan, ended, self.look)
        words = [
            str(trial.file),
            f"--rootdir={ROOT}",
            f"--config-file={ROOT / 'pyproject.toml'}",
            f"--basetemp={tempfile.mkdtemp(dir=self.folder)}",
            "--noconftest",
            *(word for name in UNUSED for word in ("-p", f"no:{name}")),
        ]
        with _alone():
            pytest.main(words, [*suite.PLUGINS, trial.fixtures, clerk])
        if clerk.stumbled:
            raise clerk.stumbled


Plan = Callable[[Iterable[str]], Iterable[tuple[str, str]]]
"""From the names of the tests to what is run, test and app; asked for the next when one ended."""


class _Clerk:
    """A pytest plugin: calls test after test, and writes down how each ends."""

    def __init__(
        self, trial: Trial, plan: Plan, ended: list[Ended], look: Callable[[], Awaitable[None]]
    ) -> None:
        self._trial = trial
        self._plan = plan
        self._ended = ended
        self._look = look
        self._error: BaseException | None = None
        self.stumbled: BaseException | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep pytest from quoting source, which takes longer than most tests."""
        config.option.tbstyle = "native"

    def pytest_pycollect_makemodule(
        self, module_path: Path, parent: pytest.Collector
    ) -> pytest.Module:
        """Take the module as it was loaded: from its source, under the path that is shown."""
        found: pytest.Module = pytest.Module.from_parent(parent, path=module_path)
        found.obj = self._trial.module
        return found

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why the tests could not be collected."""
        if report.failed:
            self._trial.trouble = re.sub(r"\S*::(?=test)", "", str(report.longrepr))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Go by the plan."""
        items = {_name(item): item for item in session.items}
        for item in items.values():
            if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
                item.obj = self._patient(item.obj)
        with contextlib.ExitStack() as stack:
            reached: set[Place] = set()
            for place in self._trial.places:
                stack.enter_context(watched(place, functools.partial(reached.add, place)))
            for test, app in self._plan([] if self._trial.trouble else items):
                if app != RIGHT:
                    stack.close()
                self._call(items[test], app, reached)
        return True

    def _call(self, item: pytest.Item, app: str, reached: set[Place]) -> None:
        """Run one test on one app."""
        reached.clear()
        self._error = None
        module = item.getparent(pytest.Module)  # what is torn down is what lies below it
        with contextlib.ExitStack() as stack:
            if app != RIGHT:
                stack.enter_context(self._trial.mutants[app].applied())
                stack.enter_context(_unheard())
            item.ihook.pytest_runtest_protocol(item=item, nextitem=module)
        self._ended.append(Ended(_name(item), app, self._error, frozenset(reached)))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the first exception of a test."""
        if call.excinfo and not self._error:
            self._error = call.excinfo.value
        return (yield)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what stopped the whole run."""
        self.stumbled = AssertionError(f"{excinfo.typename} ends the whole run, not just a test.")

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what pytest itself stumbled over."""
        self.stumbled = excinfo.value

    def _patient(self, test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """Return the test with an end to its patience."""

        @functools.wraps(test)
        async def limited(*args: Any, **options: Any) -> None:
            clock = asyncio.timeout(PATIENCE)
            try:
                async with clock:
                    await test(*args, **options)
            except TimeoutError as error:
                if clock.expired() and error.__cause__:
                    raise PatienceError().with_traceback(error.__cause__.__traceback__) from None
                raise
            finally:
                await self._look()

        return limited


def _name(item: pytest.Item) -> str:
    """Return the name of a test within its file: `test_read`, or `TestReading::test_read`."""
    return item.nodeid.partition("::")[2]


def _load(file: Path, shown: Path) -> ModuleType:
    """Return the module that a file makes, its assertions rewritten so that they tell both sides.

    No bytecode is read or written: that of another moment might be taken for it.
    """
    source = file.read_bytes()
    tree = parse(source)
    rewrite_asserts(tree, source, str(shown))
    module = ModuleType(shown.stem)
    module.__file__ = str(file)
    exec(compile(tree, str(shown), "exec", dont_inherit=True), module.__dict__)  # noqa: S102
    return module


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep the outer session's settings from the inner one, and its objects from the collector."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        patch.setenv("PYTEST_CURRENT_TEST", os.environ.get("PYTEST_CURRENT_TEST", ""))
        for name in "PYTEST_ADDOPTS", "PYTEST_PLUGINS":
            patch.delenv(name, raising=False)
        gc.freeze()
        try:
            yield
        finally:
            gc.unfreeze()


@contextlib.contextmanager
def _unseen() -> Iterator[None]:
    """Let nobody write down what is sent, compared, logged or printed."""
    root = logging.getLogger()
    level, printed = root.level, Printed()
    with contextlib.ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        unheard = inspect.unwrap(aiohttp.ClientSession.__init__)
        patch.setattr(aiohttp.ClientSession, "__init__", unheard)
        patch.setattr(util, "_reprcompare", None)
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        root.setLevel(max(level, logging.WARNING))
        stack.callback(root.setLevel, level)
        yield


@contextlib.contextmanager
def _awake(module: ModuleType, file: str) -> Iterator[None]:
    """Let no line of a file sleep."""

    def refusing(sleep: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(sleep)
        def call(seconds: float, *rest: Any) -> Any:
            if seconds and sys._getframe(1).f_code.co_filename == file:
                raise SleepError
            return sleep(seconds, *rest)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for owner in time, asyncio:
            sleep = vars(owner)["sleep"]
            for name in [name for name, value in vars(module).items() if value is sleep]:
                patch.setattr(module, name, refusing(sleep))
            patch.setattr(owner, "sleep", refusing(sleep))
        yield


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Let nobody know of a coroutine that is left behind: on a mutant no test comes to its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "unraisablehook", lambda _: None)
        yield
