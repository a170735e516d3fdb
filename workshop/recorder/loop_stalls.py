"""How long the event loop stood still, on which line of the learner's, and what the tasks did.

The loop runs one callback after the other; one that takes long holds up all that wait. Each is
timed here, and `at` notes the line of a coroutine that begins: the loader puts a call of it there.
No thread is needed for that, so it works wherever Python does.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from weakref import WeakKeyDictionary

from workshop.recorder.tracebacks import line_at, place_of
from workshop.report import ITEMS_LIMIT, STALLS_LIMIT, Line, Span, Stall

LONG = 0.05
"""Whoever runs for longer than this without letting others go on blocks the loop (seconds)."""
CROWDED = 0.25
"""So long a wait must be where programs queue for the processors: each step takes longer there."""
Place = tuple[str, int, str]
"""A file, a line's number, and the function."""
ROWS = 6
"""Tasks in the picture, the first ones."""
AROUND = 0.1
"""The picture shows at least so many seconds before and after the stall."""

watching: Stalls | None = None
"""Who is told which line begins; a check that is over is told nothing any more."""


def at(file: str, number: int = 0, function: str = "", value: object = None) -> object:
    """Note that a line of a coroutine begins, or with no number that it is left; return `value`."""
    if watching is not None:
        watching.note((file, number, function) if number else None)
    return value


@dataclass
class Row:
    """What a task did: when it ran, and whether it waits for something or is through."""

    function: str
    runs: list[tuple[float, float, bool]] = field(default_factory=list)
    """Begin, end, and whether it blocked."""
    through: set[float] = field(default_factory=set)
    """When it had nothing more to do, so that it does not wait after that."""

    def overlaps(self, first: float, last: float) -> bool:
        """Say whether it did something between two moments."""
        return bool(self.runs) and self.runs[0][0] < last and self.runs[-1][1] > first


@dataclass
class Turn:
    """One callback of the loop."""

    begin: float
    place: Place | None = None
    """The line that runs now; None when none of the learner's does."""
    since: float = 0.0
    lines: dict[Place, float] = field(default_factory=dict)
    """Seconds that went into each line."""
    row: Row | None = None
    used: tuple[float, int] = 0.0, -1
    told: float = 0.0
    """Seconds that the suite says have passed."""

    def own(self) -> float:
        """Return how many of its seconds are the learner's doing: a busy machine makes all slow.

        Who was only put aside, for the sake of other programs, neither computed nor waited.
        """
        seconds = sum(self.lines.values())
        if self.told:
            return self.told
        after, before = used(), self.used
        if seconds <= LONG or before[1] < 0:
            return seconds
        waited = after[1] > before[1]
        if waited and seconds > (CROWDED if crowded() else LONG):
            return seconds
        return min(seconds, after[0] - before[0])


class Stalls:
    """Watches the loop of one check."""

    def __init__(self) -> None:
        self.found: list[Stall] = []
        self.loop: asyncio.AbstractEventLoop | None = None
        """The loop that the check runs in, as soon as it runs."""
        self._windows: list[tuple[float, float]] = []
        self._rows: list[Row] = []
        self._of: WeakKeyDictionary[asyncio.Task[object], Row] = WeakKeyDictionary()
        """Whose row it is; a task that nobody needs any more may go."""
        self.turn: Turn | None = None
        """The callback that runs now."""
        self._ahead = 0.0

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Time what the loop runs inside the block."""
        global watching
        run = asyncio.Handle._run
        before = watching

        @functools.wraps(run)
        def timed(handle: asyncio.Handle) -> None:
            turn = self._begin(handle)
            try:
                run(handle)
            finally:
                if turn:
                    self._end(turn, handle)

        asyncio.Handle._run = timed  # type: ignore[method-assign,assignment]
        watching = self
        try:
            yield
        finally:
            watching = before
            if asyncio.Handle._run is timed:
                asyncio.Handle._run = run  # type: ignore[method-assign]

    def note(self, place: Place | None) -> None:
        """Note that a line begins, or that none of the learner's runs any more."""
        turn = self.turn
        if turn is None or not self.here():
            return
        moment = self._now()
        if turn.place:
            turn.lines[turn.place] = turn.lines.get(turn.place, 0.0) + moment - turn.since
        elif place and turn.row is None:
            turn.begin, turn.used, turn.row = moment, used(), self._row(place[2])
        turn.place, turn.since = place, moment

    def _row(self, function: str) -> Row:
        """Return the row of the task that runs now."""
        task = asyncio.current_task()
        row = self._of.get(task) if task else None
        if row is None:
            row = Row(function)
            self._rows.append(row)
            if task:
                self._of[task] = row
        return row

    def here(self) -> bool:
        """Say whether the caller runs inside of the check's loop, and not in another thread."""
        try:
            return asyncio.get_running_loop() is self.loop
        except RuntimeError:
            return False

    def still(self, seconds: float) -> None:
        """Let the loop stand still for so long, by the clock of the check: nobody has to wait."""
        if self.turn and self.here():
            self.turn.told += seconds
            self._ahead += seconds

    def spans(self) -> tuple[Span, ...]:
        """Return what the tasks did around the longest stall; nothing when there was none."""
        if not self._windows:
            return ()
        longest = max(range(len(self.found)), key=lambda at: self.found[at].seconds)
        begin, end = self._windows[longest]
        margin = max(end - begin, AROUND)
        last = end + margin
        rows = [row for row in self._rows if row.overlaps(begin - margin, last)][:ROWS]
        first = max(begin - margin, min((row.runs[0][0] for row in rows), default=begin))
        return tuple(pictured(rows, first, last))[:ITEMS_LIMIT]

    def _now(self) -> float:
        return perf_counter() + self._ahead

    def _begin(self, handle: asyncio.Handle) -> Turn | None:
        """Return what is known of a callback, unless it runs in another loop than the check's."""
        loop: asyncio.AbstractEventLoop = handle._loop  # type: ignore[attr-defined]
        if self.loop is None or self.loop.is_closed():
            self.loop = loop
        if self.turn or loop is not self.loop:
            return None
        self.turn = Turn(self._now())
        return self.turn

    def _end(self, turn: Turn, handle: asyncio.Handle) -> None:
        """Keep what a callback of the learner's did."""
        waits = turn.place is not None
        if waits:
            self.note(None)
        self.turn = None
        end = self._now()
        if turn.row is None:  # no coroutine of the learner's; perhaps a plain function
            if end - turn.begin > LONG and (line := place_of(handle._callback)):  # type: ignore[attr-defined]
                self._keep(end - turn.begin, line, (turn.begin, end))
            return
        seconds = turn.own()
        turn.row.runs.append((turn.begin, end, seconds > LONG))
        if not waits:
            turn.row.through.add(end)
        if seconds > LONG:
            file, number, function = max(turn.lines, key=lambda place: turn.lines[place])
            self._keep(seconds, line_at(file, number, function), (turn.begin, end))

    def _keep(self, seconds: float, line: Line | None, window: tuple[float, float]) -> None:
        if len(self.found) < STALLS_LIMIT:
            self.found.append(Stall(round(seconds, 3), line))
            self._windows.append(window)


def pictured(rows: list[Row], first: float, last: float) -> Iterator[Span]:
    """Yield the spans of the tasks between two moments, from 0 on."""
    for name, row in zip(_names(rows), rows, strict=True):
        before = None
        for begin, end, blocks in row.runs:
            pieces = [(begin, end, "blocks" if blocks else "runs")]
            if before is not None and before not in row.through:
                pieces.insert(0, (before, begin, "waits"))
            for start, stop, kind in pieces:
                start, stop = max(start, first) - first, min(stop, last) - first
                if start < stop:
                    yield Span(name, kind, round(start, 4), round(stop, 4))
            before = end


def _names(rows: list[Row]) -> Iterator[str]:
    """Yield a name for each row: its function, numbered where there are several."""
    functions = [row.function for row in rows]
    for at, function in enumerate(functions):
        number = functions[: at + 1].count(function)
        yield f"{function} {number}" if functions.count(function) > 1 else function


def used() -> tuple[float, int]:
    """Return the processor time of this thread (seconds), and how often it waited by itself.

    The second is -1 where the system does not tell.
    """
    with contextlib.suppress(ImportError):
        import resource  # Unix alone has it

        usage = resource.getrusage(getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF))
        return usage.ru_utime + usage.ru_stime, usage.ru_nvcsw
    return 0.0, -1


def crowded() -> bool:
    """Say whether this machine has more to do than it has processors; False where none tells."""
    try:
        return os.getloadavg()[0] > (os.cpu_count() or 1)
    except (AttributeError, OSError):  # Windows
        return False
