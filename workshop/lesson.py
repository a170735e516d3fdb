"""A running course: what is saved is checked, and everyone who listens hears of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from workshop import checker, watcher
from workshop.course import Course, Exercise
from workshop.progress import Progress
from workshop.report import Report

Check = Callable[[Exercise], Awaitable[Report]]


class Kind(StrEnum):
    """What happened."""

    SAVED = "saved"
    """The learner's file has another content."""
    CHECKING = "checking"
    """Its checks begin."""
    REPORT = "report"
    """They are over; the progress is noted."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an exercise."""

    kind: Kind
    exercise: Exercise
    report: Report | None = None
    """The verdict, with `REPORT` only."""


class Lesson:
    """Watches, checks and notes, between `async with`; a newer save supersedes a running check."""

    def __init__(self, course: Course, check: Check = checker.check) -> None:
        self.course = course
        self.progress = Progress(course.root)
        self._check = check
        self._listeners: set[asyncio.Queue[Event]] = set()
        self._running: dict[str, asyncio.Task[Report]] = {}
        """The running checks, by the exercise's key."""
        self._watching: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to watch."""
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop watching, and whatever is being checked."""
        tasks = [*self._running.values(), *filter(None, [self._watching])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @contextlib.contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Event]]:
        """Give a queue that gets each event inside the block."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def ask(self, exercise: Exercise) -> asyncio.Task[Report]:
        """Check an exercise now; a check of it that still runs is given up."""
        if before := self._running.get(exercise.key):
            before.cancel()
        task = asyncio.create_task(self._ask(exercise))
        self._running[exercise.key] = task
        return task

    async def _ask(self, exercise: Exercise) -> Report:
        self._tell(Event(Kind.CHECKING, exercise))
        report = await self._check(exercise)
        self.progress.note(exercise, report)
        self._tell(Event(Kind.REPORT, exercise, report))
        return report

    async def _watch(self) -> None:
        async for saved in watcher.watch(self.course):
            for exercise in saved:
                self._tell(Event(Kind.SAVED, exercise))
                self.ask(exercise)

    def _tell(self, event: Event) -> None:
        for queue in self._listeners:
            queue.put_nowait(event)
