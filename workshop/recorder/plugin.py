"""A pytest plugin that runs beside the learner's code and writes down what each check saw.

It has no process, thread or socket of its own, so it runs wherever pytest does.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import Callable, Generator, Iterator
from typing import Self

import pytest
from aiohttp import web

from workshop.course import exercise_of
from workshop.recorder.loop_stalls import Stalls
from workshop.recorder.record import Asked, source_of
from workshop.recorder.server_record import FailedCall
from workshop.recorder.tracebacks import lines_of
from workshop.report import CARRIED, Advice, Begin, Check, encode
from workshop.report.comparison import Comparison

ORIGIN = 5
"""Calls that Python remembers of each coroutine, so that one nobody awaited can be found."""
UNHEARD = "aiohttp.access"
"""The logger whose lines say nothing that the exchange does not."""


class Recorder:
    """Writes down what happens in each check.

    `tell` gets a Begin, then a Check. Without it, output is left to pytest, and checks travel on
    its reports. `explain` gives the advice about a check that did not pass.
    """

    def __init__(
        self,
        tell: Callable[[Begin | Check], None] | None,
        explain: Callable[[Asked], Advice | None],
    ) -> None:
        self._tell = tell
        self._explain = explain
        self._asked: Asked | None = None
        self.checks: dict[str, list[Check]] = {}
        """The finished checks by the path of their suite."""

    @classmethod
    def of(cls, config: pytest.Config) -> Self | None:
        """Return the recorder of a run of pytest, or None."""
        plugins = config.pluginmanager.get_plugins()
        return next((plugin for plugin in plugins if isinstance(plugin, cls)), None)

    # What the fixtures need

    def watch(self, app: web.Application) -> None:
        """Write down what this application does with each request; call before it starts."""
        if self._asked:
            self._asked.server.watch(app)

    @contextlib.contextmanager
    def calling(self, function: object) -> Iterator[None]:
        """Note a failed call: an error leaves the block, and no line of the learner's raised it."""
        try:
            yield
        except BaseException as error:
            if self._asked and not lines_of(error):
                self._asked.server.failed_calls.append(FailedCall(error, function, 0))
            raise

    @property
    def stalls(self) -> Stalls:
        """What is known of the loop of the check that runs now."""
        return self._asked.stalls if self._asked else Stalls()

    async def look(self) -> None:
        """See what is left to see; call before the client closes."""
        if self._asked:
            self._asked.server.look()
            await self._asked.wire.read_rest()

    # What pytest calls

    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep pytest from quoting source where nobody reads it: that takes longer than a check."""
        if self._tell:
            config.option.tbstyle = "no"

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Read the sources of the checks while nobody waits for a verdict."""
        for item in session.items:
            if self._tell and isinstance(item, pytest.Function):
                source_of(item.function)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Listen from before the first fixture until after the last."""
        if not isinstance(item, pytest.Function) or exercise_of(item.path) is None:
            return (yield)
        self._asked = Asked(item)
        if self._tell:
            self._tell(Begin(item.name))
        try:
            with self._listening(self._asked):
                return (yield)
        finally:
            self._asked = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the first exception of a check; after the last fixture, say how it ended."""
        report = yield
        asked = self._asked
        if asked and asked.item is item:
            asked.skipped = asked.skipped or report.skipped
            if call.excinfo and asked.error is None:
                asked.error, asked.phase = call.excinfo.value, call.when
            elif call.excinfo:
                asked.later.append(call.excinfo.value)
            if call.when == "teardown":
                check = asked.check(self._explain)
                self.checks.setdefault(str(item.path), []).append(check)
                if self._tell:
                    self._tell(check)
                elif not check.passed:
                    setattr(report, CARRIED, json.dumps(encode(check)))
        return report

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Keep both sides of the comparison that failed."""
        if self._asked:
            self._asked.compared = Comparison.of_assertion(op, left, right)

    @contextlib.contextmanager
    def _listening(self, asked: Asked) -> Iterator[None]:
        """Write down what is sent, logged and, for a teller, printed inside the block."""
        root, log, unheard = logging.getLogger(), _Log(asked), logging.getLogger(UNHEARD)
        level, depth, aside = root.level, sys.get_coroutine_origin_tracking_depth(), unheard.level
        root.addHandler(log)
        root.setLevel(min(level, logging.INFO))
        if self._tell:  # nobody reads them: they are not even made
            unheard.setLevel(logging.WARNING)
        sys.set_coroutine_origin_tracking_depth(max(depth, ORIGIN))
        try:
            with contextlib.ExitStack() as stack:
                for source in (asked.wire, asked.stalls, asked.trail):
                    stack.enter_context(source.listening())
                if self._tell:
                    stack.enter_context(contextlib.redirect_stdout(asked.printed))
                    stack.enter_context(contextlib.redirect_stderr(asked.printed))
                yield
        finally:
            sys.set_coroutine_origin_tracking_depth(depth)
            unheard.setLevel(aside)
            root.setLevel(level)
            root.removeHandler(log)


class _Log(logging.Handler):
    """Passes what is logged on to the check that runs."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(logging.INFO)
        self._asked = asked

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record, unless it only tells that there was a request."""
        if record.name != UNHEARD:
            self._asked.server.log(record)
