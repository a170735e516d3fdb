"""A time line: when did which coroutine run, wait, or hold up all the others?"""

import functools
import types
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, TypeVar, cast

T = TypeVar("T")
LONG = 0.05
"""Who runs for longer than this without an `await` blocks the loop (seconds)."""


@dataclass(frozen=True)
class Span:
    """What one row of the picture did for a while: it "runs", "waits" or "blocks"."""

    row: str
    kind: str
    begin: float
    end: float


@dataclass
class Timeline:
    """All spans, in the order in which they ended."""

    spans: list[Span] = field(default_factory=list)
    clock: Callable[[], float] = perf_counter
    zero: float = 0.0

    @property
    def rows(self) -> list[str]:
        """The names of the rows, sorted."""
        return sorted({span.row for span in self.spans})

    @property
    def end(self) -> float:
        """When the last span ended."""
        return max((span.end for span in self.spans), default=0.0)

    def of(self, row: str | None, kind: str | None = None) -> list[Span]:
        """Return the spans of a row and of a kind; None stands for any."""
        return [
            span for span in self.spans if row in {None, span.row} and kind in {None, span.kind}
        ]

    def now(self) -> float:
        """Return the seconds since the recording began."""
        return self.clock() - self.zero

    def note(self, row: str, kind: str, begin: float) -> float:
        """Note a span that ends now, and return when that is."""
        end = self.now()
        if kind == "runs" and end - begin > LONG:
            kind = "blocks"
        self.spans.append(Span(row, kind, begin, end))
        return end

    async def watch(self, row: str, work: Coroutine[Any, Any, T]) -> T:
        """Do the work as `await work` does, and note when it runs and when it waits."""
        return await self._stretches(row, work)

    @types.coroutine
    def _stretches(self, row: str, work: Coroutine[Any, Any, T]) -> Generator[Any, Any, T]:
        """Stand between the loop and the work: what either says is handed on to the other."""
        go = functools.partial(work.send, None)
        while True:
            moment = self.now()
            try:
                awaited = go()
            except StopIteration as done:
                return cast("T", done.value)
            finally:
                moment = self.note(row, "runs", moment)
            try:
                go = functools.partial(work.send, (yield awaited))
            except BaseException as error:
                go = functools.partial(work.throw, error)
            finally:
                self.note(row, "waits", moment)
