"""Plugins of pytest's that let tests run on a stage: a module, and a clerk for each stage."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Awaitable, Callable, Generator
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


class PatienceError(Exception):
    """A test did not come to its end."""


class Clerk:
    """Writes down what comes of a test."""

    look: Callable[[], Awaitable[None]]
    """Awaited before a test ends."""
    trouble = ""
    """Why pytest finds no tests to run."""
    error: BaseException | None = None
    """What the last test has raised first; None when it passed."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep pytest from quoting source, which takes longer than most tests."""
        config.option.tbstyle = "native"

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why the tests could not be collected."""
        if report.failed:
            self.trouble = re.sub(r"\S*::(?=test)", "", str(report.longrepr))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the first exception of a test."""
        if call.excinfo and not self.error:
            self.error = call.excinfo.value
        return (yield)

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
