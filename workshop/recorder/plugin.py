"""The recorder: a pytest plugin that records each check in the process of the learner's code.

The recorder has no process, thread or socket of its own, so it runs wherever pytest does.
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
from workshop.recorder.check_record import CheckRecord, source_of
from workshop.recorder.loop_stalls import LoopStalls
from workshop.recorder.server_record import FailedCall
from workshop.recorder.tracebacks import lines_of
from workshop.report import CARRIED, Advice, Begin, Check, encode
from workshop.report.comparison import Comparison

ORIGIN_DEPTH = 5
"""Calls that Python stores for each coroutine, so that one that nobody awaited can be found."""
ACCESS_LOGGER = "aiohttp.access"
"""The logger of the access log, whose lines repeat what an exchange has."""


class Recorder:
    """Records each check of a run of pytest.

    `emit` is called with a Begin, then with a Check. Without it, output is left to pytest, and a
    check travels on pytest's report. `explain` returns the advice for a check that did not pass.
    """

    def __init__(
        self,
        emit: Callable[[Begin | Check], None] | None,
        explain: Callable[[CheckRecord], Advice | None],
    ) -> None:
        self._emit = emit
        self._explain = explain
        self._record: CheckRecord | None = None
        self.checks: dict[str, list[Check]] = {}
        """The finished checks by the path of their suite."""

    @classmethod
    def of(cls, config: pytest.Config) -> Self | None:
        """Return the recorder of a run of pytest, or None."""
        plugins = config.pluginmanager.get_plugins()
        return next((plugin for plugin in plugins if isinstance(plugin, cls)), None)

    # Used by the fixtures

    def record_app(self, app: web.Application) -> None:
        """Record what an application does with each request; call this before the app starts."""
        if self._record:
            self._record.server_trace.record_app(app)

    @contextlib.contextmanager
    def recording_errors(self, function: object) -> Iterator[None]:
        """Record a failed call of `function`: an error in the block that no learner's line raised.

        The error is raised again.
        """
        try:
            yield
        except BaseException as error:
            if self._record and not lines_of(error):
                self._record.server_trace.failed_calls.append(FailedCall(error, function, 0))
            raise

    @property
    def loop_stalls(self) -> LoopStalls:
        """The stalls of the event loop in the check that runs now."""
        return self._record.loop_stalls if self._record else LoopStalls()

    async def record_unfinished(self) -> None:
        """Record waiting handlers and unread bodies; call this before the client closes."""
        if self._record:
            self._record.server_trace.record_waiting()
            await self._record.client_trace.read_remaining_bodies()

    # Hooks of pytest

    def pytest_configure(self, config: pytest.Config) -> None:
        """Turn off pytest's tracebacks where nobody reads them: they take longer than a check."""
        if self._emit:
            config.option.tbstyle = "no"

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Read the sources of the checks before the first check starts."""
        for item in session.items:
            if self._emit and isinstance(item, pytest.Function):
                source_of(item.function)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Record from before the set-up of the first fixture until after the last teardown."""
        if not isinstance(item, pytest.Function) or exercise_of(item.path) is None:
            return (yield)
        self._record = CheckRecord(item)
        if self._emit:
            self._emit(Begin(item.name))
        try:
            with self._recording(self._record):
                return (yield)
        finally:
            self._record = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Store the first exception of a check; after the teardown, emit the check."""
        report = yield
        record = self._record
        if record and record.item is item:
            record.skipped = record.skipped or report.skipped
            if call.excinfo and record.error is None:
                record.error, record.phase = call.excinfo.value, call.when
            elif call.excinfo:
                record.later_errors.append(call.excinfo.value)
            if call.when == "teardown":
                check = record.check(self._explain)
                self.checks.setdefault(str(item.path), []).append(check)
                if self._emit:
                    self._emit(check)
                elif not check.passed:
                    setattr(report, CARRIED, json.dumps(encode(check)))
        return report

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Store both sides of the comparison that failed."""
        if self._record:
            self._record.comparison = Comparison.of_assertion(op, left, right)

    @contextlib.contextmanager
    def _recording(self, record: CheckRecord) -> Iterator[None]:
        """Record HTTP, logging and, with `emit`, output inside the block."""
        root, access = logging.getLogger(), logging.getLogger(ACCESS_LOGGER)
        level, access_level = root.level, access.level
        depth = sys.get_coroutine_origin_tracking_depth()
        log = _LogHandler(record)
        root.addHandler(log)
        root.setLevel(min(level, logging.INFO))
        if self._emit:  # nobody reads them: they are not even made
            access.setLevel(logging.WARNING)
        sys.set_coroutine_origin_tracking_depth(max(depth, ORIGIN_DEPTH))
        try:
            with contextlib.ExitStack() as stack:
                for source in (record.client_trace, record.loop_stalls, record.call_trace):
                    stack.enter_context(source.recording())
                if self._emit:
                    stack.enter_context(contextlib.redirect_stdout(record.output))
                    stack.enter_context(contextlib.redirect_stderr(record.output))
                yield
        finally:
            sys.set_coroutine_origin_tracking_depth(depth)
            access.setLevel(access_level)
            root.setLevel(level)
            root.removeHandler(log)


class _LogHandler(logging.Handler):
    """A logging handler that passes log records to the check that runs."""

    def __init__(self, record: CheckRecord) -> None:
        super().__init__(logging.INFO)
        self._record = record

    def emit(self, record: logging.LogRecord) -> None:
        """Store a log record, unless it belongs to the access log."""
        if record.name != ACCESS_LOGGER:
            self._record.server_trace.record_log(record)
