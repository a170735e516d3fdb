"""A pool of warm worker processes: a check takes one, or two that share a large suite."""

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
from workshop.runner.process import WorkerProcess, open_worker, remove_orphans
from workshop.runner.protocol import EVENTS
from workshop.runner.warm_worker import WarmWorker

SIZE = 3
"""Workers of a pool: two share the checks of a save, one is for a save that follows at once."""
INITIAL_SIZE = 2
"""Workers that are started before the first save, when the machine has much else to do."""
MIN_SHARED_CHECKS = 4
"""Checks that a suite must have for two workers to share them."""
CPUS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Processors that this process may use; on a single one sharing wins nothing."""
PAUSE = 0.05
"""Seconds after a check before workers are ended and started: the verdict goes out first."""
PATIENCE = 2.0
"""Seconds that a check waits for a worker that is starting; then a cold start is no slower."""


class WorkerPool:
    """Keeps warm workers between `async with`; each runs one check and is then replaced.

    Two of them share the checks of a large suite, where two are ready: each runs a part of it.
    A new worker is started only while no check runs, one at a time. A worker that died, or that
    has imported files which have changed since (a suite, the engine, a step, an installed
    package), is thrown away. Without a worker a check starts cold: the same check, but slower.
    """

    def __init__(self, course: Course, size: int = SIZE) -> None:
        self._expected: Exercise | None = next(iter(course.exercises), None)
        """The likely exercise of the next check."""
        self._size = size
        self.cold_starts = 0
        """Checks that found no warm worker and started a process."""
        self.workers: list[WarmWorker] = []
        """The workers that are ready, or starting."""
        self._durations: dict[Exercise, Mapping[str, float]] = {}
        """Seconds of each check of an exercise, by name, in its last run."""
        self._checks = 0
        """The number of checks that run now."""
        self._changed = asyncio.Event()
        """Set after whatever may call for a new worker."""
        self._refill_task: asyncio.Task[None] | None = None
        self._background: set[asyncio.Task[None]] = set()
        """Tasks that run to their end; leaving the pool waits for them."""

    async def __aenter__(self) -> Self:
        """Start the first workers; remove what a killed course left in the temporary folder."""
        await asyncio.to_thread(remove_orphans)
        await asyncio.to_thread(make_ready, decoded=EVENTS.values())
        self._changed.set()
        self._refill_task = asyncio.create_task(self._refill())
        return self

    async def __aexit__(self, *_: object) -> None:
        """End every worker and remove its folder."""
        if self._refill_task:
            self._refill_task.cancel()
            await asyncio.gather(self._refill_task, return_exceptions=True)
        for warm in tuple(self.workers):
            self._drop(warm)
        while self._background:
            await asyncio.wait(self._background)

    def expect(self, exercise: Exercise) -> None:
        """Warm up workers for this exercise: the next check is likely to be about it."""
        if exercise != self._expected:
            self._expected = exercise
            self._changed.set()

    async def ready(self) -> None:
        """Wait until the pool is full.

        For benchmarks and tests; never returns where no worker can be started.
        """
        while not self.is_full():  # noqa: ASYNC110 - other processes make it true
            await asyncio.sleep(0.01)

    def is_full(self) -> bool:
        """Return whether as many workers as wanted are ready for the expected exercise."""
        size = self._size if self._durations else min(self._size, INITIAL_SIZE)
        matching = [warm for warm in self.workers if warm.exercise == self._expected]
        return len(matching) >= size and all(warm.ready for warm in matching)

    async def check(
        self,
        exercise: Exercise,
        source: Path | None = None,
        limits: checker.Limits | None = None,
    ) -> Report:
        """Return the report on an exercise, as `checker.check` does."""
        self.expect(exercise)
        self._checks += 1
        durations = self._durations.get(exercise, {})
        try:
            report = await checker.check(exercise, source, limits, self.open_workers, durations)
            self._durations[exercise] = _seconds(report)
            return report
        finally:
            self._checks -= 1
            self._changed.set()

    @contextlib.asynccontextmanager
    async def open_workers(self, exercise: Exercise) -> AsyncIterator[Sequence[WorkerProcess]]:
        """Yield a warm worker, or two for a large suite; where there is none, start one.

        On the way out the workers are closed in the background: shortly after the verdict, but at
        once where a newer save cancels the check, or something fails.
        """
        warm = await self._take(exercise)
        if warm is None:
            self.cold_starts += 1
            async with open_worker(exercise) as started:
                yield started
            return
        taken, pause = [warm], 0.0
        try:
            if partner := self.partner_of(exercise, warm):
                taken.append(partner)
            yield [one.worker for one in taken]
            pause = PAUSE
        finally:
            for one in taken:
                self._in_background(one.worker.close(pause))

    async def _take(self, exercise: Exercise) -> WarmWorker | None:
        """Take the best worker; wait `PATIENCE` seconds at most for one that is starting."""
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
        """Take a second worker, where one is ready to share the suite and sharing is worth it."""
        worth = CPUS > 1 and len(exercise.questions) >= MIN_SHARED_CHECKS
        for warm in self.workers if worth else ():
            if warm.exercise == exercise and warm.fingerprint == first.fingerprint and warm.alive:
                self.workers.remove(warm)
                return warm
        return None

    def _first_usable(self, candidates: Iterable[WarmWorker]) -> WarmWorker | None:
        """Take the first worker that is ready and usable; close the unusable ones before it."""
        for warm in candidates:
            if warm.ready:
                self.workers.remove(warm)
                if warm.is_usable():
                    return warm
                self._in_background(warm.worker.close())
        return None

    async def _refill(self) -> None:
        """Start a worker whenever one is missing and no check runs."""
        while True:
            await self._changed.wait()
            while self._changed.is_set():
                self._changed.clear()
                await asyncio.sleep(PAUSE)
            for warm in [one for one in self.workers if not one.is_usable()]:
                self._drop(warm)
            while not self._checks and self._expected and not self.is_full():
                if not await self._add(self._expected):
                    break  # the next check will say why; then there is another try

    async def _add(self, exercise: Exercise) -> bool:
        """Start a worker and wait until it is ready; then drop one for another exercise.

        Returns whether it is ready.
        """
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
        """Wait for the end of a worker; replace it if no check had taken it."""
        await warm.worker.process.wait()
        if warm in self.workers:
            self._drop(warm)
            self._changed.set()

    def _drop(self, warm: WarmWorker) -> None:
        """Remove a worker from the pool and close it in the background."""
        if warm in self.workers:
            self.workers.remove(warm)
            self._in_background(warm.worker.close())

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _seconds(report: Report) -> Mapping[str, float]:
    """Return the seconds of each test function of a suite, summed over its parameters."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for check in report.checks:
        seconds[check.name.partition("[")[0]] += check.seconds
    return seconds
