"""The trace of calls and returns in the learner's file: which `return` gave a wrong value.

The loader puts a call of `record_call` into each function of the file. The trace stores no returned
object, only its type and its id or plain value, so that no object lives longer.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections import deque
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from workshop.recorder.server_record import ServerRecord
from workshop.recorder.tracebacks import line_at
from workshop.report import Line

EVENTS_LIMIT = 500
"""Events of a check that are stored, the last ones."""
PLAIN_TYPES = (str, bytes, int, float, bool, type(None))
"""Types whose values are recognised by equality; other values must be the same object."""
SETUP_FUNCTIONS = ("create_app", "__init__", "__enter__", "__exit__", "__aenter__", "__aexit__")
"""Functions that are called in the set-up and teardown of a check."""
KEPT_LENGTH = 10_000
"""Characters of the longest text that is stored."""

current_request: ContextVar[ServerRecord | None] = ContextVar("serving", default=None)
"""The request that the current task serves."""
current_trace: CallTrace | None = None
"""The trace of the running check; None between checks."""


@dataclass(frozen=True, slots=True)
class CallEvent:
    """A call of a learner's function, or one of its returns."""

    file: str
    number: int
    function: str
    by_suite: bool
    """Whether the suite itself called the function."""
    record: ServerRecord | None
    """The request that was served then."""
    is_return: bool
    value_type: type | None = None
    """The type of the returned value."""
    value_key: object = None
    """The value if its type is plain, else the id of the object."""

    @property
    def line(self) -> Line | None:
        """The line of the learner's file."""
        return line_at(self.file, self.number, self.function)

    def returned(self, value: object) -> bool:
        """Return whether this event returned a value."""
        return (
            self.is_return
            and self.value_type is type(value)
            and self.value_key == _value_key(value)
        )


class CallTrace:
    """The calls and returns of one check."""

    def __init__(self) -> None:
        self.events: deque[CallEvent] = deque(maxlen=EVENTS_LIMIT)

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        """Record the calls inside the block."""
        global current_trace
        before, current_trace = current_trace, self
        try:
            yield
        finally:
            current_trace = before

    def returning(self, value: object, record: ServerRecord | None = None) -> CallEvent | None:
        """Return the last event that returned a value, in one request if `record` is given."""
        events = (e for e in reversed(self.events) if record is None or e.record is record)
        return next((event for event in events if event.returned(value)), None)

    def last_call(self) -> CallEvent | None:
        """Return the last event of a function that the suite called, else the last one at all.

        Functions of set-up and teardown count least.
        """
        asked = [event for event in self.events if event.function not in SETUP_FUNCTIONS]
        called = [event for event in asked if event.by_suite]
        return next(reversed(called or asked or self.events), None)


def return_line_in(record: ServerRecord, answer: object, maker: object) -> Line | None:
    """Return the `return` of an answer in a request, else the last one of the answer's maker."""
    if current_trace is None:
        return None
    name = getattr(maker, "__name__", "")
    returns = (e for e in reversed(current_trace.events) if e.record is record and e.is_return)
    event = current_trace.returning(answer, record)
    event = event or next((e for e in returns if e.function == name), None)
    return event.line if event else None


def record_call(file: str, number: int, function: str, *returned: object) -> object:
    """Record that a function begins, or that it returns `returned`; return that value."""
    trace = current_trace
    value = returned[0] if returned else None
    if trace is not None:
        caller = sys._getframe(1).f_back
        outer = caller is not None and _is_suite(caller.f_code.co_filename)
        known = (type(value), _value_key(value)) if returned else (None, None)
        request = current_request.get()
        event = CallEvent(file, number, function, outer, request, bool(returned), *known)
        trace.events.append(event)
    return value


def _value_key(value: object) -> object:
    if type(value) not in PLAIN_TYPES:
        return id(value)
    long = isinstance(value, str | bytes) and len(value) > KEPT_LENGTH
    return id(value) if long else value


@functools.cache
def _is_suite(file: str) -> bool:
    name = Path(file).name
    return name.startswith("test_") or name == "conftest.py"
