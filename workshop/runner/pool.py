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
from workshop.runner.process import Sandbox, sandbox, tidy
from workshop.runner.warm_worker import Spare

COUNT = 3
"""Spares that are kept: two to share the checks of a save, one for a save that follows at once."""
FIRST = 2
"""Spares that are made before anything was saved: much else begins then."""
SHARED = 4
"""Checks that a suite must have for two spares to share them."""
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Processors that this process may use; with a single one nothing is won by sharing."""
PAUSE = 0.05
"""Seconds without news before others end and spares are made: first the verdict goes out."""
PATIENCE = 2.0
"""Seconds that a check waits for a spare that is on its way; then a cold start is no slower."""


class Spares:
    """Keeps processes ready, between `async with`; each is used once and then replaced.

    Two of them share the checks of a large suite, where two are ready: each asks a part of it.
    A new one starts only while nothing is checked, one at a time. One that died, or that has read
    what is another by now (a suite, the engine, a step, an installed package), is thrown away.
    Where there is none, a check starts cold: it is the same check, and takes longer.
    """

    def __init__(self, course: Course, count: int = COUNT) -> None:
        self._subject: Exercise | None = next(iter(course.exercises), None)
        """What the next check is likely to be about."""
        self._count = count
        self.cold = 0
        """Checks that found no spare and started a process."""
        self._spares: list[Spare] = []
        """Those that are ready, or on their way."""
        self._took: dict[Exercise, Mapping[str, float]] = {}
        """What the checks of an exercise took (seconds), the last time it was asked."""
        self._checks = 0
        """Checks that run."""
        self._change = asyncio.Event()
        """Set when something happened that may call for a new spare."""
        self._keeper: asyncio.Task[None] | None = None
        self._beside: set[asyncio.Task[None]] = set()
        """What runs to its end by itself."""

    async def __aenter__(self) -> Self:
        """Begin to make spares; what a course that was killed left behind is removed."""
        await asyncio.to_thread(tidy)
        await asyncio.to_thread(make_ready, decoded=EVENTS.values())
        self._change.set()
        self._keeper = asyncio.create_task(self._keep())
        return self

    async def __aexit__(self, *_: object) -> None:
        """End every spare; nothing of them is left."""
        if self._keeper:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        for spare in tuple(self._spares):
            self._drop(spare)
        while self._beside:
            await asyncio.wait(self._beside)

    def expect(self, exercise: Exercise) -> None:
        """Say that the next check will likely be about this exercise."""
        if exercise != self._subject:
            self._subject = exercise
            self._change.set()

    async def ready(self) -> None:
        """Wait until there are as many spares as are kept, for the exercise that is expected.

        For benchmarks and tests; never comes back where spares cannot be made.
        """
        while not self._complete():  # noqa: ASYNC110 - other processes make it true
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
        took = self._took.get(exercise, {})
        try:
            report = await checker.check(exercise, source, limits, self._opening, took)
            self._took[exercise] = _seconds(report)
            return report
        finally:
            self._checks -= 1
            self._change.set()

    @contextlib.asynccontextmanager
    async def _opening(self, exercise: Exercise) -> AsyncIterator[Sequence[Sandbox]]:
        """Give a spare, or two of them to a large suite where there are two; or start a process.

        A spare's last moments and its folder's pass when the verdict is out; but at once where a
        newer save supersedes the check, or something fails.
        """
        spare = await self._take(exercise)
        if spare is None:
            self.cold += 1
            async with sandbox(exercise) as started:
                yield started
            return
        taken, pause = [spare], 0.0
        try:
            if second := self._second(exercise, spare):
                taken.append(second)
            yield [one.sandbox for one in taken]
            pause = PAUSE
        finally:
            for one in taken:
                self._run(one.sandbox.close(pause))

    async def _take(self, exercise: Exercise) -> Spare | None:
        """Take the best spare; wait a little for one that is on its way."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while self._spares:
            best = sorted(self._spares, key=lambda one: one.exercise != exercise)
            if spare := self._fit(best):
                return spare
            if loop.time() > until:
                break
            if self._spares:
                await asyncio.sleep(0.005)
        return None

    def _second(self, exercise: Exercise, first: Spare) -> Spare | None:
        """Take another spare where one is ready to share the checks, and it is worth it."""
        worth = CORES > 1 and len(exercise.questions) >= SHARED
        for spare in self._spares if worth else ():
            if spare.exercise == exercise and spare.seen == first.seen and spare.alive:
                self._spares.remove(spare)
                return spare
        return None

    def _fit(self, spares: Iterable[Spare]) -> Spare | None:
        """Take the first of these spares that is ready and fit; let go of those that are not."""
        for spare in spares:
            if spare.ready:
                self._spares.remove(spare)
                if spare.fit():
                    return spare
                self._run(spare.sandbox.close())
        return None

    def _complete(self) -> bool:
        wanted = self._count if self._took else min(self._count, FIRST)
        fitting = [spare for spare in self._spares if spare.exercise == self._subject]
        return len(fitting) >= wanted and all(spare.ready for spare in fitting)

    async def _keep(self) -> None:
        """Make a spare whenever one is missing and nothing is checked."""
        while True:
            await self._change.wait()
            while self._change.is_set():
                self._change.clear()
                await asyncio.sleep(PAUSE)
            for spare in [one for one in self._spares if not one.fit()]:
                self._drop(spare)
            while not self._checks and self._subject and not self._complete():
                if not await self._make(self._subject):
                    break  # the next check will tell why; then there is another try

    async def _make(self, exercise: Exercise) -> bool:
        """Start a spare and wait until it is ready; then let go of one for another exercise."""
        try:
            spare = await Spare.start(exercise)
        except OSError:  # the machine has no room for one more
            return False
        self._spares.append(spare)
        if not await spare.warm():
            self._drop(spare)
            return False
        self._run(self._watch(spare))
        for other in [one for one in self._spares if one.exercise != exercise]:
            if len(self._spares) > self._count:
                self._drop(other)
        return True

    async def _watch(self, spare: Spare) -> None:
        """Replace a spare that dies while it waits."""
        await spare.sandbox.process.wait()
        if spare in self._spares:
            self._drop(spare)
            self._change.set()

    def _drop(self, spare: Spare) -> None:
        """End a spare, out of sight."""
        if spare in self._spares:
            self._spares.remove(spare)
            self._run(spare.sandbox.close())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)


def _seconds(report: Report) -> Mapping[str, float]:
    """Return what each function of a suite took, with all its parameters."""
    took: defaultdict[str, float] = defaultdict(float)
    for check in report.checks:
        took[check.name.partition("[")[0]] += check.seconds
    return took
