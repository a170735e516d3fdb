"""Stalls of the event loop: how long, on which learner's line, and a timeline of the tasks.

The loop runs one callback after the other, so a long one blocks all others. The module times each
callback; the instrumented file calls `record_line` before each line of a coroutine. It uses no
thread, so it works wherever Python does.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from weakref import WeakKeyDictionary

from workshop.recorder.tracebacks import definition_line, line_at
from workshop.report import ITEMS_LIMIT, STALLS_LIMIT, Line, Span, Stall

BLOCKING_SECONDS = 0.05
"""A callback that runs longer than this blocks the loop (seconds)."""
OVERLOADED_SECONDS = 0.25
"""The same on an overloaded machine, where programs wait for a processor (seconds)."""
Place = tuple[str, int, str]
"""A file, the number of a line, the name of the function."""
TASKS_SHOWN = 6
"""Tasks in the timeline, the first ones."""
MARGIN_SECONDS = 0.1
"""The timeline shows at least so many seconds before and after the stall."""

current_stalls: LoopStalls | None = None
"""The recording of the running check; None between checks."""


def record_line(file: str, number: int = 0, function: str = "", value: object = None) -> object:
    """Record that a line of a coroutine begins, or (number 0) that it ends; return `value`."""
    if current_stalls is not None:
        current_stalls.record_line((file, number, function) if number else None)
    return value


@dataclass
class TaskTimeline:
    """The runs of a task, and the times at which it had finished."""

    function: str
    runs: list[tuple[float, float, bool]] = field(default_factory=list)
    """Begin, end, and whether the run blocked the loop."""
    finished: set[float] = field(default_factory=set)
    """Times after which the task did not wait for anything."""

    def overlaps(self, first: float, last: float) -> bool:
        """Return whether the task ran or waited between two times."""
        return bool(self.runs) and self.runs[0][0] < last and self.runs[-1][1] > first


@dataclass
class CallbackRun:
    """One callback of the loop while it runs."""

    begin: float
    place: Place | None = None
    """The learner's line that runs now, or None."""
    since: float = 0.0
    lines: defaultdict[Place, float] = field(default_factory=lambda: defaultdict(float))
    """Seconds that went into each line."""
    timeline: TaskTimeline | None = None
    processor_use: tuple[float, int] = 0.0, -1
    added_seconds: float = 0.0
    """Seconds that a suite added (`add_blocked_seconds`)."""

    def own_seconds(self) -> float:
        """Return the seconds in which the callback itself computed or waited.

        Time in which the operating system ran other programs does not count.
        """
        seconds = sum(self.lines.values())
        if self.added_seconds:
            return self.added_seconds
        after, before = processor_use(), self.processor_use
        if seconds <= BLOCKING_SECONDS or before[1] < 0:
            return seconds
        waited = after[1] > before[1]
        if waited and seconds > (OVERLOADED_SECONDS if is_overloaded() else BLOCKING_SECONDS):
            return seconds
        return min(seconds, after[0] - before[0])


class LoopStalls:
    """Records the event loop of one check."""

    def __init__(self) -> None:
        self.found: list[Stall] = []
        self.loop: asyncio.AbstractEventLoop | None = None
        """The loop that the check runs in, as soon as it runs."""
        self._windows: list[tuple[float, float]] = []
        self._timelines: list[TaskTimeline] = []
        self._timeline_of = WeakKeyDictionary[asyncio.Task[object], TaskTimeline]()
        """The timeline of each task; a task that nobody needs any more may go."""
        self.callback: CallbackRun | None = None
        """The callback that runs now."""
        self._clock_offset = 0.0

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        """Time the callbacks of the loop inside the block."""
        global current_stalls
        run = asyncio.Handle._run
        before = current_stalls

        @functools.wraps(run)
        def timed(handle: asyncio.Handle) -> None:
            callback = self._begin(handle)
            try:
                run(handle)
            finally:
                if callback:
                    self._end(callback, handle)

        asyncio.Handle._run = timed  # type: ignore[method-assign,assignment]
        current_stalls = self
        try:
            yield
        finally:
            current_stalls = before
            if asyncio.Handle._run is timed:
                asyncio.Handle._run = run  # type: ignore[method-assign]

    def record_line(self, place: Place | None) -> None:
        """Record that a line begins, or (None) that no learner's line runs any more."""
        callback = self.callback
        if callback is None or not self.in_loop():
            return
        now = self._now()
        if callback.place:
            callback.lines[callback.place] += now - callback.since
        elif place and callback.timeline is None:
            callback.begin, callback.processor_use = now, processor_use()
            callback.timeline = self._timeline(place[2])
        callback.place, callback.since = place, now

    def _timeline(self, function: str) -> TaskTimeline:
        """Return the timeline of the current task."""
        task = asyncio.current_task()
        timeline = self._timeline_of.get(task) if task else None
        if timeline is None:
            timeline = TaskTimeline(function)
            self._timelines.append(timeline)
            if task:
                self._timeline_of[task] = timeline
        return timeline

    def in_loop(self) -> bool:
        """Return whether the caller runs in the loop of the check, not in another thread."""
        try:
            return asyncio.get_running_loop() is self.loop
        except RuntimeError:
            return False

    def add_blocked_seconds(self, seconds: float) -> None:
        """Advance the clock of the check as if the loop were blocked; nothing waits."""
        if self.callback and self.in_loop():
            self.callback.added_seconds += seconds
            self._clock_offset += seconds

    def spans(self) -> tuple[Span, ...]:
        """Return the timeline around the longest stall; () without a stall."""
        if not self._windows:
            return ()
        longest = max(range(len(self.found)), key=lambda at: self.found[at].seconds)
        begin, end = self._windows[longest]
        margin = max(end - begin, MARGIN_SECONDS)
        last = end + margin
        shown = [t for t in self._timelines if t.overlaps(begin - margin, last)][:TASKS_SHOWN]
        first = max(begin - margin, min((t.runs[0][0] for t in shown), default=begin))
        return tuple(spans_between(shown, first, last))[:ITEMS_LIMIT]

    def _now(self) -> float:
        return perf_counter() + self._clock_offset

    def _begin(self, handle: asyncio.Handle) -> CallbackRun | None:
        """Begin the record of a callback; None if it runs in another loop than the check's."""
        loop: asyncio.AbstractEventLoop = handle._loop  # type: ignore[attr-defined]
        if self.loop is None or self.loop.is_closed():
            self.loop = loop
        if self.callback or loop is not self.loop:
            return None
        self.callback = CallbackRun(self._now())
        return self.callback

    def _end(self, callback: CallbackRun, handle: asyncio.Handle) -> None:
        """End the record of a callback, and store its stall."""
        waits = callback.place is not None
        if waits:
            self.record_line(None)
        self.callback = None
        end = self._now()
        if callback.timeline is None:  # no learner's coroutine; perhaps a plain function
            function = handle._callback  # type: ignore[attr-defined]
            if end - callback.begin > BLOCKING_SECONDS and (line := definition_line(function)):
                self._keep(end - callback.begin, line, (callback.begin, end))
            return
        seconds = callback.own_seconds()
        callback.timeline.runs.append((callback.begin, end, seconds > BLOCKING_SECONDS))
        if not waits:
            callback.timeline.finished.add(end)
        if seconds > BLOCKING_SECONDS:
            file, number, function = max(callback.lines, key=lambda place: callback.lines[place])
            self._keep(seconds, line_at(file, number, function), (callback.begin, end))

    def _keep(self, seconds: float, line: Line | None, window: tuple[float, float]) -> None:
        if len(self.found) < STALLS_LIMIT:
            self.found.append(Stall(round(seconds, 3), line))
            self._windows.append(window)


def spans_between(timelines: list[TaskTimeline], first: float, last: float) -> Iterator[Span]:
    """Yield the spans of the tasks between two times; `first` becomes 0."""
    for name, timeline in zip(_names(timelines), timelines, strict=True):
        before = None
        for begin, end, blocks in timeline.runs:
            pieces = [(begin, end, "blocks" if blocks else "runs")]
            if before is not None and before not in timeline.finished:
                pieces.insert(0, (before, begin, "waits"))
            for start, stop, kind in pieces:
                start, stop = max(start, first) - first, min(stop, last) - first
                if start < stop:
                    yield Span(name, kind, round(start, 4), round(stop, 4))
            before = end


def _names(timelines: list[TaskTimeline]) -> Iterator[str]:
    """Yield a name for each task: its function, with a number where there are several."""
    functions = [timeline.function for timeline in timelines]
    for at, function in enumerate(functions):
        number = functions[: at + 1].count(function)
        yield f"{function} {number}" if functions.count(function) > 1 else function


def processor_use() -> tuple[float, int]:
    """Return the CPU seconds of this thread, and its voluntary context switches.

    The second is -1 where the operating system does not count them (`getrusage`, Unix only).
    """
    with contextlib.suppress(ImportError):
        import resource  # Unix alone has it

        usage = resource.getrusage(getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF))
        return usage.ru_utime + usage.ru_stime, usage.ru_nvcsw
    return 0.0, -1


def is_overloaded() -> bool:
    """Return whether the load average is above the number of CPUs; False where it is unknown."""
    try:
        return os.getloadavg()[0] > (os.cpu_count() or 1)
    except (AttributeError, OSError):  # Windows
        return False
