"""What the inner pytest session is given: fixtures, a collector of results, isolation.

This module is itself a plugin of that session: pytest finds its fixtures by their names.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import inspect
import itertools
import logging
import os
import re
import sys
import time
import unittest
from collections.abc import Awaitable, Callable, Generator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import aiohttp
import pytest
from _pytest.assertion import util
from _pytest.assertion.rewrite import rewrite_asserts

from workshop.course.suite import parse
from workshop.recorder.output import CapturedOutput

TEST_SECONDS = 2.0
"""Seconds that one test may take."""
TMP_PATH_FACTORY = pytest.StashKey[pytest.TempPathFactory]()
"""The outer session's factory of temporary folders."""
_NUMBERS = itertools.count()


class TimeLimitError(Exception):
    """A test took longer than `TEST_SECONDS`."""


class SleepError(Exception):
    """A test called `sleep`."""


@pytest.fixture(scope="session")
def tmp_path_factory(pytestconfig: pytest.Config) -> pytest.TempPathFactory:
    """Return the outer session's factory of temporary folders."""
    return pytestconfig.stash[TMP_PATH_FACTORY]


@pytest.fixture(autouse=True)
def _data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set `WORKSHOP_DATA` to a folder of the test's own, as the course's conftest.py does."""
    folder = tmp_path_factory.getbasetemp() / f"inner-data-{next(_NUMBERS)}"  # an app makes it
    monkeypatch.setenv("WORKSHOP_DATA", str(folder))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder that the course's conftest.py gives a test under this name."""
    return tmp_path / "data"


class ResultCollector:
    """A plugin that keeps how the last test ended, and limits the time of each."""

    before_end: Callable[[], Awaitable[None]]
    """Awaited before a test ends."""
    collect_error = ""
    """Why pytest finds no tests to run."""
    outcome = "passed"
    """How the last test ended, as pytest counts it: passed, failed, skipped, xfailed or xpassed."""
    error: BaseException | None = None
    """The first exception of the last test, if it failed or was skipped."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Set options: quote no source, which takes longer than most tests; start no debugger."""
        config.option.tbstyle = "native"
        config.option.trace = config.option.usepdb = False  # the plugin that has them is not there

    def pytest_exception_interact(
        self, call: pytest.CallInfo[Any], report: pytest.CollectReport | pytest.TestReport
    ) -> None:
        """Keep why the tests could not be collected, without the lines of pytest's own."""
        if isinstance(report, pytest.CollectReport) and call.excinfo:
            error = call.excinfo.value
            own = isinstance(error, pytest.Collector.CollectError | pytest.fail.Exception)
            text = str(error) if own else f"{type(error).__name__}: {error}"
            self.collect_error = re.sub(r"\S*::(?=test)|\nSee https?:\S+", "", text)

    def reset(self) -> None:
        """Forget the last test."""
        self.outcome, self.error = "passed", None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """Limit the time of a coroutine, whichever plugin runs it."""
        if not isinstance(item, pytest.Function) or not inspect.iscoroutinefunction(item.obj):
            return
        item.obj = self._with_time_limit(item.obj)
        if isinstance(item.instance, unittest.TestCase):  # it looks its method up by name
            setattr(item.instance, item.name, item.obj)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep how a test ended, and its first exception; a part of it (a subtest) counts, too."""
        report = yield
        outcome: str = report.outcome
        if hasattr(report, "wasxfail"):
            outcome = "xfailed" if report.skipped else "xpassed"
        if outcome != "passed" and self.outcome != "failed":
            self.outcome = outcome
            self.error = (
                call.excinfo.value if call.excinfo else pytest.fail.Exception(str(report.longrepr))
            )
        return report

    def _with_time_limit(
        self, test: Callable[..., Awaitable[None]]
    ) -> Callable[..., Awaitable[None]]:
        """Return the test so that it raises TimeLimitError after `TEST_SECONDS`."""

        @functools.wraps(test)
        async def limited(*args: Any, **options: Any) -> None:
            clock = asyncio.timeout(TEST_SECONDS)
            try:
                async with clock:
                    await test(*args, **options)
            except TimeoutError as error:
                if clock.expired() and error.__cause__:
                    raise TimeLimitError().with_traceback(error.__cause__.__traceback__) from None
                raise
            finally:
                await self.before_end()

        return limited


@contextlib.contextmanager
def isolated() -> Iterator[None]:
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
def unrecorded() -> Iterator[None]:
    """Keep requests, comparisons, log lines and output from the recorder and from pytest."""
    root = logging.getLogger()
    level, printed = root.level, CapturedOutput()
    with contextlib.ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        original = inspect.unwrap(aiohttp.ClientSession.__init__)
        patch.setattr(aiohttp.ClientSession, "__init__", original)
        patch.setattr(util, "_reprcompare", None)
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        root.setLevel(max(level, logging.WARNING))
        stack.callback(root.setLevel, level)
        yield


@contextlib.contextmanager
def sleep_refused(module: ModuleType, file: str) -> Iterator[None]:
    """Raise SleepError where a line of `file`, whose module this is, calls `sleep`."""

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
def unraisable_ignored() -> Iterator[None]:
    """Report no coroutine that is left behind: on a mutant no test comes to its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "unraisablehook", lambda _: None)
        yield


def load(file: Path, display_path: Path) -> ModuleType:
    """Return the module of a file of tests, its assertions rewritten as pytest does.

    No bytecode is read or written: that of another moment might be taken for it. Raises what the
    file raises when it is run.
    """
    source = file.read_bytes()
    tree = parse(source)
    rewrite_asserts(tree, source, str(display_path))
    module = ModuleType(display_path.stem)
    module.__file__ = str(file)
    exec(compile(tree, str(display_path), "exec", dont_inherit=True), module.__dict__)  # noqa: S102
    return module
