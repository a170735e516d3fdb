"""A save of a learner's file, from the write to the verdict; and the same asked of pytest, cold."""

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
from workshop.workspace.session import CourseSession, Event, Kind

LONG = 60.0
"""Seconds after which no verdict comes any more."""
TREES = ("workshop", "exercises", "solutions", "steps")


@dataclass(frozen=True, slots=True)
class Took:
    """What one verdict took, in milliseconds."""

    clock: float
    processor: float
    """Of the checking process from the learner's first line on, and of all that watches it."""


class Measured(WorkerPool):
    """WorkerPool that know what the last check took of the processor, in seconds."""

    processor = 0.0

    @contextlib.asynccontextmanager
    async def open_workers(self, exercise: Exercise) -> AsyncIterator[Sequence[WorkerProcess]]:
        async with super().open_workers(exercise) as opened:
            yield opened
            self.processor = sum(one.processor for one in opened)


def copied(root: Path) -> Course:
    """Copy what a check needs of the course: nobody's own files are written to."""
    return copy_to(root.resolve(), trees=TREES, without=("tests", "site"))


def contents(exercise: Exercise) -> Iterator[bytes]:
    """Yield stub, solution and answers over and over, each time as it was never written before."""
    answers = read_answers(Exercise(ROOT, exercise.step, exercise.name)).values()
    texts = [exercise.stub.read_bytes(), exercise.solution.read_bytes(), *map(str.encode, answers)]
    for number, text in enumerate(itertools.cycle(texts)):
        yield text + b"# save %d\n" % number


class Saver:
    """A running course and its worker processes; saves files and waits for the reports."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.pool = Measured(course)
        self.session = CourseSession(course, self.pool.check, self.pool.expect)

    async def save(self, exercise: Exercise, content: bytes) -> Took:
        """Write the file, wait for the verdict; workers are warm before, as they are for a person.

        Raises BenchmarkError when no verdict comes.
        """
        try:
            async with asyncio.timeout(LONG):
                self.session.turn_to(exercise)
                await self.pool.ready()
                with self.session.listening() as events:
                    before, processor = time.perf_counter(), time.process_time()
                    exercise.file.write_bytes(content)
                    await _verdict(events)
                    clock = time.perf_counter() - before
                    processor = time.process_time() - processor + self.pool.processor
        except TimeoutError as error:
            raise BenchmarkError(
                f"{exercise.key}: no warm worker or no verdict in {LONG:g} s."
            ) from error
        return Took(clock * 1000, processor * 1000)


@contextlib.asynccontextmanager
async def saver_in_copy() -> AsyncIterator[Saver]:
    """Yield a saver in a copy of the course, which runs inside the block."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        saver = Saver(copied(Path(folder) / "course"))
        async with saver.pool, saver.session:
            yield saver


async def _verdict(events: asyncio.Queue[Event]) -> None:
    while (await events.get()).kind is not Kind.REPORT:
        pass


def cold(exercise: Exercise) -> Took:
    """Ask plain pytest about the file as it is, in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-q", str(exercise.suite)]
    before, used = time.perf_counter(), os.times()
    done = subprocess.run(  # noqa: S603 - our own words
        command, cwd=exercise.root, capture_output=True, check=False
    )
    clock, now = time.perf_counter() - before, os.times()
    if done.returncode not in {0, 1}:
        raise BenchmarkError(f"{exercise.key}: {done.stdout.decode(errors='replace')[-1000:]}")
    processor = now.children_user + now.children_system - used.children_user - used.children_system
    return Took(clock * 1000, processor * 1000)
