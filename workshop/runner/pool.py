"""The check of `checker`, by processes that are up and have rehearsed before anybody asks."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from workshop.course import Course, Exercise
from workshop.report import Report, make_ready
from workshop.runner import checker
from workshop.runner.messages import EVENTS
from workshop.runner.process import WorkerProcess, open_worker, remove_orphans
from workshop.runner.warm_worker import WarmWorker

SIZE = 3
"""Spares that are kept: two to share the checks of a save, one for a save that follows at once."""
INITIAL_SIZE = 2
"""Spares that are made before anything was saved: much else begins then."""
MIN_SHARED_CHECKS = 4
"""Checks that a suite must have for two spares to share them."""
CPUS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Processors that this process may use; with a single one nothing is won by sharing."""
PAUSE = 0.05
"""Seconds without news before others end and spares are made: first the verdict goes out."""
PATIENCE = 2.0
"""Seconds that a check waits for a spare that is on its way; then a cold start is no slower."""


class WorkerPool:
    """Keeps processes ready, between `async with`; each is used once and then replaced.

    Two of them share the checks of a large suite, where two are ready: each asks a part of it.
    A new one starts only while nothing is checked, one at a time. One that died, or that has read
    what is another by now (a suite, the engine, a step, an installed package), is thrown away.
    Where there is none, a check starts cold: it is the same check, and takes longer.
    """

    def __init__(self, course: Course, size: int = SIZE) -> None:
        self._expected: Exercise | None = next(iter(course.exercises), None)
        """What the next check is likely to be about."""
        self._size = size
        self.cold_starts = 0
        """Checks that found no spare and started a process."""
        self.workers: list[WarmWorker] = []
        """Those that are ready, or on their way."""
        self._durations: dict[Exercise, Mapping[str, float]] = {}
        """What the checks of an exercise took (seconds), the last time it was asked."""
        self._checks = 0
        """Checks that run."""
        self._changed = asyncio.Event()
        """Set when something happened that may call for a new spare."""
        self._refill_task: asyncio.Task[None] | None = None
        self._background: set[asyncio.Task[None]] = set()
        """What runs to its end by itself."""

    async def __aenter__(self) -> Self:
        """Begin to make spares; what a course that was killed left behind is removed."""
        await asyncio.to_thread(remove_orphans)
        await asyncio.to_thread(make_ready, decoded=EVENTS.values())
        self._changed.set()
        self._refill_task = asyncio.create_task(self._refill())
        return self

    async def __aexit__(self, *_: object) -> None:
        """End every spare; nothing of them is left."""
        if self._refill_task:
            self._refill_task.cancel()
            await asyncio.gather(self._refill_task, return_exceptions=True)
        for warm in tuple(self.workers):
            self._drop(warm)
        while self._background:
            await asyncio.wait(self._background)

    def expect(self, exercise: Exercise) -> None:
        """Say that the next check will likely be about this exercise."""
        if exercise != self._expected:
            self._expected = exercise
            self._changed.set()

    async def ready(self) -> None:
        """Wait until there are as many spares as are kept, for the exercise that is expected.

        For benchmarks and tests; never comes back where spares cannot be made.
        """
        while not self.is_full():  # noqa: ASYNC110 - other processes make it true
            await asyncio.sleep(0.01)

    async def check(
        self,
        exercise: Exercise,
        source: Path | None = None,
        limits: checker.Limits | None = None,
    ) -> Report:
        """Return the verdict on an exercise, as `checker.check` does."""
        self.expect(exercise)
        self._checks += 1
        took = self._durations.get(exercise, {})
        try:
            report = await checker.check(exercise, source, limits, self.open_workers, took)
            self._durations[exercise] = _seconds(report)
            return report
        finally:
            self._checks -= 1
            self._changed.set()

    @contextlib.asynccontextmanager
    async def open_workers(self, exercise: Exercise) -> AsyncIterator[Sequence[WorkerProcess]]:
        """Give a spare, or two of them to a large suite where there are two; or start a process.

        A spare's last moments and its folder's pass when the verdict is out; but at once where a
        newer save supersedes the check, or something fails.
        """
        warm = await self._take(exercise)
        if warm is None:
            self.cold_starts += 1
            async with open_worker(exercise) as started:
                yield started
            return
        taken, pause = [warm], 0.0
        try:
            if second := self.partner_of(exercise, warm):
                taken.append(second)
            yield [one.worker for one in taken]
            pause = PAUSE
        finally:
            for one in taken:
                self._in_background(one.worker.close(pause))

    async def _take(self, exercise: Exercise) -> WarmWorker | None:
        """Take the best spare; wait a little for one that is on its way."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while self.workers:
            best = sorted(self.workers, key=lambda one: one.exercise != exercise)
            if warm := self._first_usable(best):
                return warm
            if loop.time() > until:
                break
            if self.workers:
                await asyncio.sleep(0.005)
        return None

    def partner_of(self, exercise: Exercise, first: WarmWorker) -> WarmWorker | None:
        """Take another spare where one is ready to share the checks, and it is worth it."""
        worth = CPUS > 1 and len(exercise.questions) >= MIN_SHARED_CHECKS
        for warm in self.workers if worth else ():
            if warm.exercise == exercise and warm.fingerprint == first.fingerprint and warm.alive:
                self.workers.remove(warm)
                return warm
        return None

    def _first_usable(self, candidates: Iterable[WarmWorker]) -> WarmWorker | None:
        """Take the first of these spares that is ready and fit; let go of those that are not."""
        for warm in candidates:
            if warm.ready:
                self.workers.remove(warm)
                if warm.is_usable():
                    return warm
                self._in_background(warm.worker.close())
        return None

    def is_full(self) -> bool:
        wanted = self._size if self._durations else min(self._size, INITIAL_SIZE)
        fitting = [warm for warm in self.workers if warm.exercise == self._expected]
        return len(fitting) >= wanted and all(warm.ready for warm in fitting)

    async def _refill(self) -> None:
        """Make a spare whenever one is missing and nothing is checked."""
        while True:
            await self._changed.wait()
            while self._changed.is_set():
                self._changed.clear()
                await asyncio.sleep(PAUSE)
            for warm in [one for one in self.workers if not one.is_usable()]:
                self._drop(warm)
            while not self._checks and self._expected and not self.is_full():
                if not await self._add(self._expected):
                    break  # the next check will tell why; then there is another try

    async def _add(self, exercise: Exercise) -> bool:
        """Start a spare and wait until it is ready; then let go of one for another exercise."""
        try:
            warm = await WarmWorker.start(exercise)
        except OSError:  # the machine has no room for one more
            return False
        self.workers.append(warm)
        if not await warm.wait_until_ready():
            self._drop(warm)
            return False
        self._in_background(self._replace_when_dead(warm))
        for other in [one for one in self.workers if one.exercise != exercise]:
            if len(self.workers) > self._size:
                self._drop(other)
        return True

    async def _replace_when_dead(self, warm: WarmWorker) -> None:
        """Replace a spare that dies while it waits."""
        await warm.worker.process.wait()
        if warm in self.workers:
            self._drop(warm)
            self._changed.set()

    def _drop(self, warm: WarmWorker) -> None:
        """End a spare, out of sight."""
        if warm in self.workers:
            self.workers.remove(warm)
            self._in_background(warm.worker.close())

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _seconds(report: Report) -> Mapping[str, float]:
    """Return what each function of a suite took, with all its parameters."""
    took: defaultdict[str, float] = defaultdict(float)
    for check in report.checks:
        took[check.name.partition("[")[0]] += check.seconds
    return took
