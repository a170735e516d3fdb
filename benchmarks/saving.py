"""Measurement of a save, from the write to the report, and of pytest in a new process."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import BenchmarkError
from workshop.course import ROOT, Course, Exercise, copy_to
from workshop.course.answers import read_answers
from workshop.runner.pool import WorkerPool
from workshop.runner.process import WorkerProcess
from workshop.workspace.session import CourseSession, Event, EventKind

TIMEOUT = 60.0
"""Seconds after which a save counts as failed."""
TREES = ("workshop", "exercises", "solutions", "steps")


@dataclass(frozen=True, slots=True)
class Timing:
    """The duration of one check, in milliseconds."""

    clock: float
    processor: float
    """Processor time of the worker, from the learner's first line on, and of this process."""


class TimedPool(WorkerPool):
    """A WorkerPool that records the processor time of the last check, in seconds."""

    processor = 0.0

    @contextlib.asynccontextmanager
    async def open_workers(self, exercise: Exercise) -> AsyncIterator[Sequence[WorkerProcess]]:
        async with super().open_workers(exercise) as opened:
            yield opened
            self.processor = sum(one.processor for one in opened)


def copy_course(root: Path) -> Course:
    """Copy the folders that a check needs: the benchmark writes to no file of the learner."""
    return copy_to(root.resolve(), trees=TREES, without=("workshop/tests", "workshop/site"))


def contents(exercise: Exercise) -> Iterator[bytes]:
    """Yield stub, solution and answers repeatedly, each with a new comment at its end."""
    answers = read_answers(Exercise(ROOT, exercise.step, exercise.name)).values()
    texts = [exercise.stub.read_bytes(), exercise.solution.read_bytes(), *map(str.encode, answers)]
    for number, text in enumerate(itertools.cycle(texts)):
        yield text + b"# save %d\n" % number


class Saver:
    """A running course and its worker processes; saves files and waits for the reports."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.pool = TimedPool(course)
        self.session = CourseSession(course, self.pool.check, self.pool.expect)

    async def save(self, exercise: Exercise, content: bytes) -> Timing:
        """Wait for warm workers, write the file, and measure the time until the report.

        Raises BenchmarkError when no report comes.
        """
        try:
            async with asyncio.timeout(TIMEOUT):
                self.session.select(exercise)
                await self.pool.ready()
                with self.session.subscribe() as events:
                    before, processor = time.perf_counter(), time.process_time()
                    exercise.file.write_bytes(content)
                    await _wait_for_report(events)
                    clock = time.perf_counter() - before
                    processor = time.process_time() - processor + self.pool.processor
        except TimeoutError as error:
            raise BenchmarkError(
                f"{exercise.key}: no warm worker or no verdict in {TIMEOUT:g} s."
            ) from error
        return Timing(clock * 1000, processor * 1000)


@contextlib.asynccontextmanager
async def saver_in_copy() -> AsyncIterator[Saver]:
    """Yield a running saver in a temporary copy of the course."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        saver = Saver(copy_course(Path(folder) / "course"))
        async with saver.pool, saver.session:
            yield saver


async def _wait_for_report(events: asyncio.Queue[Event]) -> None:
    while (await events.get()).kind is not EventKind.REPORT:
        pass


def measure_cold(exercise: Exercise) -> Timing:
    """Run pytest on the file in a new process; return the duration.

    Raises BenchmarkError when pytest ends with an error."""
    command = [sys.executable, "-m", "pytest", "-q", str(exercise.suite)]
    before, used = time.perf_counter(), os.times()
    done = subprocess.run(  # noqa: S603 - a fixed command
        command, cwd=exercise.root, capture_output=True, check=False
    )
    clock, now = time.perf_counter() - before, os.times()
    if done.returncode not in {0, 1}:
        raise BenchmarkError(f"{exercise.key}: {done.stdout.decode(errors='replace')[-1000:]}")
    processor = now.children_user + now.children_system - used.children_user - used.children_system
    return Timing(clock * 1000, processor * 1000)
