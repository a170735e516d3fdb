"""A pytest plugin that runs beside the learner's code and writes down what each check saw.

It has no process, thread or socket of its own, so it runs wherever pytest does.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import logging
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any, ClassVar, TextIO

import aiohttp
import pytest
from aiohttp import web

from workshop import advice, leftovers
from workshop.exchange import Wire
from workshop.output import Printed
from workshop.report import BODY_LIMIT, Check, Difference, Outcome
from workshop.tracing import lines_of, waiting_at

FAILURES = (AssertionError, pytest.fail.Exception, aiohttp.ContentTypeError, json.JSONDecodeError)
"""Raised in a suite, these say that the answer is wrong; anything else says that there was none."""


@dataclass
class _Asked:
    """What is known of the check that runs now."""

    item: pytest.Function
    wire: Wire = field(default_factory=Wire)
    printed: Printed = field(default_factory=Printed)
    started: float = field(default_factory=perf_counter)
    difference: Difference | None = None
    came: object = None
    error: BaseException | None = None
    phase: str = ""
    skipped: bool = False


class Recorder:
    """Writes down what happens; `tell` gets "begin" with a name, then "check" with a Check."""

    NAME: ClassVar[str] = "workshop-recorder"

    def __init__(
        self, tell: Callable[[str, Any], None] = lambda kind, what: None, seconds: float = 0.0
    ) -> None:
        self._tell = tell
        self._until = perf_counter() + seconds if seconds else None
        self._asked: _Asked | None = None
        self._log = _Log(self)
        self.checks: dict[str, list[Check]] = {}
        """The finished checks by the path of their suite."""

    # What the fixtures need

    def watch(self, app: web.Application) -> None:
        """Write down what this application does with each request; call before it starts."""
        if self._asked:
            self._asked.wire.watch(app)
        if self._until is not None:
            loop = asyncio.get_running_loop()
            loop.call_later(max(0.0, self._until - perf_counter()), self._waiting)

    def _waiting(self) -> None:
        """Tell where the learner's tasks wait, shortly before the time is up."""
        lines = [line for task in asyncio.all_tasks() for line in waiting_at(task)]
        self._tell("waiting", [asdict(line) for line in lines])

    def client_options(self) -> dict[str, Any]:
        """Return the arguments for a ClientSession whose exchanges are to be written down."""
        return self._asked.wire.client_options() if self._asked else {}

    async def read_rest(self) -> None:
        """Read the short answers that the check did not; call before the client closes."""
        if self._asked:
            await self._asked.wire.read_rest()

    # What pytest calls

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Listen from before the first fixture until after the last."""
        if not isinstance(item, pytest.Function) or "exercises" not in item.path.parts:
            return (yield)
        asked = self._asked = _Asked(item)
        self._tell("begin", item.name)
        root = logging.getLogger()
        root.addHandler(self._log)
        try:
            with _to(asked.printed):
                result = yield
        finally:
            root.removeHandler(self._log)
            self._asked = None
        check = _check(asked)
        self.checks.setdefault(str(item.path), []).append(check)
        self._tell("check", check)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the first exception of a check, and whether it was skipped."""
        report = yield
        asked = self._asked
        if asked and asked.item is item:
            asked.skipped = asked.skipped or report.skipped
            if call.excinfo and asked.error is None:
                asked.error, asked.phase = call.excinfo.value, call.when
        return report

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Keep both sides of the comparison that failed."""
        if self._asked:
            self._asked.difference = _difference(op, left, right)
            self._asked.came = right if op in {"in", "not in"} else left

    def log(self, record: logging.LogRecord) -> None:
        """Keep what was logged while a check ran."""
        if self._asked and record.name != "aiohttp.access" and record.name != "asyncio":
            self._asked.wire.log(record)


class _Log(logging.Handler):
    def __init__(self, recorder: Recorder) -> None:
        super().__init__(logging.INFO)
        self.recorder = recorder

    def emit(self, record: logging.LogRecord) -> None:
        self.recorder.log(record)


@contextlib.contextmanager
def _to(printed: TextIO) -> Iterator[None]:
    """Send what is printed somewhere else, and back."""
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        yield


def _difference(op: str, left: object, right: object) -> Difference:
    if op in {"in", "not in"}:
        left, right = right, left
    return Difference(op, _shown(left), _shown(right))


def _shown(value: object) -> str:
    """Return a value as the learner would write it, text and JSON with double quotes."""
    if isinstance(value, str | dict | list | bool | None):
        with contextlib.suppress(TypeError, ValueError):
            if isinstance(value, str):
                return json.dumps(value, ensure_ascii=False)[:BODY_LIMIT]
    try:
        return repr(value)[:BODY_LIMIT]
    except Exception as error:
        return f"<{type(value).__name__} whose repr() raised {type(error).__name__}>"


def _check(asked: _Asked) -> Check:
    """Return what is known when a check is over."""
    error = asked.error
    outcome = _outcome(asked)
    exchanges = asked.wire.exchanges(asked.difference, asked.came) if error else ()
    return Check(
        name=asked.item.name,
        sentence=" ".join((inspect.getdoc(asked.item.function) or asked.item.name).split()),
        outcome=outcome,
        message=None if outcome is Outcome.PASSED else _message(asked),
        hints=tuple(
            str(sentence) for mark in asked.item.iter_markers("hint") for sentence in mark.args
        ),
        output=asked.printed.text(),
        seconds=round(perf_counter() - asked.started, 4),
        code=inspect.getsource(asked.item.function),
        difference=asked.difference if isinstance(error, AssertionError) else None,
        advice=advice.advise(_faults(asked)) if outcome is not Outcome.PASSED else None,
        exchanges=exchanges,
        traceback=lines_of(error),
    )


def _outcome(asked: _Asked) -> Outcome:
    error = asked.error
    if asked.printed.overflowed or asked.skipped:
        return Outcome.BROKEN
    if error is None:
        return Outcome.PASSED
    spoke = asked.phase == "call" and isinstance(error, FAILURES) and not lines_of(error)[-1:]
    return Outcome.FAILED if spoke else Outcome.BROKEN


def _message(asked: _Asked) -> str:
    """Return what came instead, in a sentence or a few."""
    error = asked.error
    if asked.printed.overflowed:
        return f"Your code printed more than {Printed.LIMIT:,} characters; it was stopped there."
    if asked.skipped or error is None:
        return "The check was skipped. Only a suite may skip a check, not the file it asks."
    if isinstance(error, AssertionError):
        said, _, _ = str(error).partition("\nassert ")
        if said and not said.startswith("assert "):
            return said
        if asked.difference:
            return _sentence(asked.difference)
        return said.partition("\n")[0].removeprefix("assert ") or "An assertion failed."
    return f"{type(error).__name__}: {error}".partition("\n")[0]


def _sentence(difference: Difference) -> str:
    came, wanted = difference.came[:200], difference.wanted[:200]
    match difference.operator:
        case "==":
            return f"It came as {came}; wanted was {wanted}."
        case "in":
            return f"{wanted} is not in {came}."
        case "not in":
            return f"{wanted} must not be in {came}."
    return f"It came as {came}; it must be {difference.operator} {wanted}."


def _faults(asked: _Asked) -> list[advice.Fault]:
    """Return everything that went wrong, the most telling first."""
    faults = [advice.Fault.of(error) for error in asked.wire.errors()]
    faults += [advice.Fault("", trouble) for trouble in asked.wire.troubles()]
    error = asked.error
    if asked.printed.overflowed:
        faults.insert(0, advice.Fault("OutputLimit", _message(asked)))
    if error is not None:
        for part in leftovers.unfolded(error):
            faults.append(advice.Fault.of(part))
    logged = [r for e in asked.wire.exchanges(None) if e.server for r in e.server.log]
    faults += [advice.Fault("", text) for text in logged + asked.wire.records]
    return faults

