"""Plugins of pytest's that let tests run on a stage: a module, and a clerk for each stage."""

from __future__ import annotations

import asyncio
import functools
import inspect
import itertools
import re
import unittest
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 2.0
"""Seconds that one test may wait."""


FOLDERS = pytest.StashKey[pytest.TempPathFactory]()
"""Where a stage keeps what makes folders."""


@pytest.fixture(scope="session")
def tmp_path_factory(pytestconfig: pytest.Config) -> pytest.TempPathFactory:
    """What makes folders in the outer session."""
    return pytestconfig.stash[FOLDERS]


_NUMBERS = itertools.count()


@pytest.fixture(autouse=True)
def _data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a data folder of its own, as the course's conftest.py does."""
    folder = tmp_path_factory.getbasetemp() / f"inner-data-{next(_NUMBERS)}"  # an app makes it
    monkeypatch.setenv("WORKSHOP_DATA", str(folder))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder that the course's conftest.py gives a test under this name."""
    return tmp_path / "data"


class PatienceError(Exception):
    """A test did not come to its end."""


class Clerk:
    """Writes down what comes of a test."""

    look: Callable[[], Awaitable[None]]
    """Awaited before a test ends."""
    trouble = ""
    """Why pytest finds no tests to run."""
    outcome = "passed"
    """How the last test ended, as pytest counts it: passed, failed, skipped, xfailed or xpassed."""
    error: BaseException | None = None
    """What the last test has raised first, if it failed or was skipped."""

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
            said = str(error) if own else f"{type(error).__name__}: {error}"
            self.trouble = re.sub(r"\S*::(?=test)|\nSee https?:\S+", "", said)

    def start(self) -> None:
        """Forget the last test."""
        self.outcome, self.error = "passed", None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """Limit the time that a coroutine may take, whichever plugin runs it."""
        if not isinstance(item, pytest.Function) or not inspect.iscoroutinefunction(item.obj):
            return
        item.obj = self.patient(item.obj)
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

    def patient(self, test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
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
                await self.look()

        return limited
