"""Which of the learner's functions began, and which `return` gave what: the way to a wrong value.

The loader puts a call into each function of the learner's file. What was returned is not kept, only
known again: nothing lives longer because a check looks at it.
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

from workshop.recorder.server_record import Half
from workshop.recorder.tracebacks import line_at
from workshop.report import Line

KEPT = 500
"""Steps of a check that are kept, the last ones."""
PLAIN = (str, bytes, int, float, bool, type(None))
"""Values that are known again when they are equal; others must be the same object."""
AROUND = ("create_app", "__init__", "__enter__", "__exit__", "__aenter__", "__aexit__")
"""Functions that are called around what a check asks."""
SHORT = 10_000
"""Characters of a text that is kept."""

serving: ContextVar[Half | None] = ContextVar("serving", default=None)
"""What is served in the task that runs now."""
watching: Trail | None = None
"""Who is told; a check that is over is told nothing any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """A function began, or a `return` of it gave a value."""

    file: str
    number: int
    function: str
    by_suite: bool
    """Whether the suite itself called the function."""
    half: Half | None
    """The request that was served meanwhile."""
    gave: bool
    kind: type | None = None
    """The type of what was given."""
    key: object = None
    """The value where it is plain, else the number of the object."""

    @property
    def line(self) -> Line | None:
        """The line of the learner's file."""
        return line_at(self.file, self.number, self.function)

    def is_of(self, value: object) -> bool:
        """Say whether this gave a value."""
        return self.gave and self.kind is type(value) and self.key == _key(value)


class Trail:
    """The steps of one check."""

    def __init__(self) -> None:
        self.steps: deque[Step] = deque(maxlen=KEPT)

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Take the steps inside the block."""
        global watching
        before, watching = watching, self
        try:
            yield
        finally:
            watching = before

    def giving(self, value: object, half: Half | None = None) -> Step | None:
        """Return the last step that gave a value, of those in a request if there was one."""
        steps = (s for s in reversed(self.steps) if half is None or s.half is half)
        return next((step for step in steps if step.is_of(value)), None)

    def last(self) -> Step | None:
        """Return the last step of a function that the suite called, else the last one at all.

        What only prepares a check, or ends it, tells the least.
        """
        telling = [step for step in self.steps if step.function not in AROUND]
        called = [step for step in telling if step.by_suite]
        return next(reversed(called or telling or self.steps), None)


def given_in(half: Half, answer: object, maker: object) -> Line | None:
    """Return the `return` that gave an answer in a request, else the last one of its maker's."""
    if watching is None:
        return None
    step = watching.giving(answer, half)
    name = getattr(maker, "__name__", "")
    found = (
        s for s in reversed(watching.steps) if s.half is half and s.gave and s.function == name
    )
    step = step or next(found, None)
    return step.line if step else None


def stepped(file: str, number: int, function: str, *given: object) -> object:
    """Note that a function begins, or that its `return` gives something; return that."""
    trail = watching
    value = given[0] if given else None
    if trail is not None:
        caller = sys._getframe(1).f_back
        outer = caller is not None and _is_suite(caller.f_code.co_filename)
        known = (type(value), _key(value)) if given else (None, None)
        step = Step(file, number, function, outer, serving.get(), bool(given), *known)
        trail.steps.append(step)
    return value


def _key(value: object) -> object:
    kind = type(value)
    return value if kind in PLAIN and not (kind in {str, bytes} and _long(value)) else id(value)


def _long(value: object) -> bool:
    return isinstance(value, str | bytes) and len(value) > SHORT


@functools.cache
def _is_suite(file: str) -> bool:
    name = Path(file).name
    return name.startswith("test_") or name == "conftest.py"
