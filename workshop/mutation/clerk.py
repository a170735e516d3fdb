"""A pytest plugin that runs tests on one app after the other, and writes down how each ends."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
import re
from collections.abc import Awaitable, Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from workshop.mutation.apart import unheard
from workshop.mutation.mutants import Place, watched
from workshop.mutation.trial import RIGHT, Ended, Trial

PATIENCE = 2.0
"""Seconds that one test may wait."""
Plan = Callable[[Iterable[str]], Iterable[tuple[str, str]]]
"""From the names of the tests to what is run, test and app; asked for the next when one ended."""


class PatienceError(Exception):
    """A test did not come to its end."""


class Clerk:
    """Calls test after test, as the plan says; `look` is awaited before each ends."""

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
                stack.enter_context(unheard())
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
