"""The session of a running course: saves are checked, and events go to all subscribers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from workshop.course import Course, Exercise, files
from workshop.course.files import GoneError
from workshop.report import Outcome, Report
from workshop.workspace import Document, read_document
from workshop.workspace.check_semaphore import CheckSemaphore
from workshop.workspace.progress import Progress
from workshop.workspace.watcher import Watcher

Check = Callable[[Exercise], Awaitable[Report]]
BACKLOG = 200
"""Events in the queue of a subscriber; above, only the newest of each kind and exercise stay."""
AGAIN = 1.0
"""Seconds before the watching begins again after an error."""
BACK = "The course's folder is back: your files are watched again."
WRITTEN = "Your progress is written down again."
log = logging.getLogger(__name__)


class EventKind(StrEnum):
    """The kind of an event."""

    SAVED = "saved"
    """The learner's file has a new content."""
    CHECKING = "checking"
    """The checks of the exercise begin."""
    REPORT = "report"
    """The checks have ended; the progress is recorded."""
    NOTICE = "notice"
    """The course itself had an error; the session goes on."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event of an exercise."""

    kind: EventKind
    exercise: Exercise
    document: Document | None = None
    """The new content of the learner's file, with `SAVED` only."""
    version: str | None = None
    """The version of the file that is checked, with `CHECKING` and `REPORT`; None for no file."""
    report: Report | None = None
    """The verdict, with `REPORT` only."""
    notice: str | None = None
    """A sentence, with `NOTICE` only."""


class CourseSession:
    """Watches the files, checks saves and records progress, between `async with`.

    A newer save cancels the running check of its exercise. `check` returns the report on an
    exercise; `expect` is called with the exercise that is likely to be checked next.
    """

    def __init__(
        self,
        course: Course,
        check: Check,
        expect: Callable[[Exercise], None] = lambda exercise: None,
    ) -> None:
        self.course = course
        self.progress = Progress(course.root)
        self._check_exercise = check
        self._expect = expect
        self._current = self.progress.next_open(course.exercises)
        self._listeners: set[asyncio.Queue[Event]] = set()
        self._running: dict[str, asyncio.Task[Report]] = {}
        """The checks that run or wait for their turn, by the exercise's key."""
        self._semaphore = CheckSemaphore(lambda: self._current)
        self.writing = asyncio.Lock()
        """Held from the reading of a learner's file, over its change, to the end of `saved`."""
        self._watcher: Watcher | None = None
        self._watching: asyncio.Task[None] | None = None
        self._unwritten = ""
        """The last sentence about progress that cannot be written; "" when it can."""
        self._writer = ThreadPoolExecutor(1, "workshop-progress")
        """One thread, so that progress is written in the order of the reports."""

    @property
    def current(self) -> Exercise | None:
        """The exercise that the learner works on: selected or checked last, or the next open."""
        return self._current

    async def __aenter__(self) -> Self:
        """Start to watch; return when the watcher will see every later save."""
        await asyncio.to_thread(self._tidy)
        if self._current:
            self._expect(self._current)
        watcher = Watcher(self.course, lambda: self._current, writing=self.writing)
        self._watcher = watcher
        self._watching = asyncio.create_task(self._watch(watcher))
        await watcher.begun.wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop the watcher and all checks; finish writing the progress."""
        tasks = [*self._running.values(), *filter(None, [self._watching])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.to_thread(self._writer.shutdown)

    def _tidy(self) -> None:
        """Remove half-written files of a course that was killed."""
        folders = [step.root / "exercises" / step.folder for step in self.course.steps]
        inner = [path for path in self.progress.folder.glob("*/*") if path.is_dir()]
        for folder in (*folders, self.progress.folder, *inner):
            files.remove_unfinished(folder)

    @contextlib.contextmanager
    def subscribe(self) -> Iterator[asyncio.Queue[Event]]:
        """Yield a queue that receives each event inside the block.

        A slow subscriber still receives the newest event of each kind and exercise.
        """
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def select(self, exercise: Exercise) -> None:
        """Set the current exercise."""
        self._current = exercise
        self._semaphore.wake_waiting()
        self._expect(exercise)

    def saved(self, exercise: Exercise, document: Document) -> None:
        """Emit the event of a file that the caller has replaced, and check it.

        The caller holds `writing`. The watcher records the content as known, so that it emits no
        second event.
        """
        if self._watcher is None or self._watcher.learn(exercise.file, document.version):
            self._emit(Event(EventKind.SAVED, exercise, document))
        self.check(exercise, document.version)

    def check(self, exercise: Exercise, version: str | None = None) -> asyncio.Task[Report]:
        """Start a check of an exercise, and cancel an older one; return its task.

        The check waits while too many others run. `version` is that of the learner's file if the
        caller knows it; else the file is read.
        """
        self.select(exercise)
        if before := self._running.get(exercise.key):
            before.cancel()
        task = asyncio.create_task(self._run_check(exercise, version))
        self._running[exercise.key] = task
        return task

    async def _run_check(self, exercise: Exercise, version: str | None) -> Report:
        version = version or read_document(exercise).version
        self._emit(Event(EventKind.CHECKING, exercise, version=version))
        try:
            async with self._semaphore.acquired(exercise) as waited:
                if waited:  # the file may be another one by now
                    version = read_document(exercise).version
                    self._emit(Event(EventKind.CHECKING, exercise, version=version))
                report = await self._check_exercise(exercise)
        except Exception as error:
            log.exception("The check of %s failed", exercise.key)
            sentence = (
                f"The check of {exercise.key} itself failed: {_error_text(error)}. Save once more."
            )
            self._emit(Event(EventKind.NOTICE, exercise, notice=sentence))
            report = Report(exercise.step, exercise.name, Outcome.BROKEN, message=sentence)
        else:
            await self._record(exercise, report)
        self._emit(Event(EventKind.REPORT, exercise, version=version, report=report))
        return report

    async def _record(self, exercise: Exercise, report: Report) -> None:
        """Write the progress in a thread, so that a slow disk does not block the loop."""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._writer, self.progress.record, exercise, report)
        except OSError as error:
            self._emit_unwritten(self.progress.write_error_sentence(error), exercise)
        else:
            if self._unwritten:
                self._emit(Event(EventKind.NOTICE, exercise, notice=WRITTEN))
            self._unwritten = ""

    async def _watch(self, watcher: Watcher) -> None:
        """Watch until cancelled, whatever happens."""
        while True:
            try:
                async for saved in watcher.watch():
                    for exercise, document in saved.documents.items():
                        self._emit(Event(EventKind.SAVED, exercise, document))
                    for exercise in saved.check:
                        known = saved.documents.get(exercise)
                        self.check(exercise, known.version if known else None)
            except GoneError as error:
                await self._until_back(str(error.strerror))
                continue
            except Exception as error:
                log.exception("The watching of the exercises failed")
                if self._current:
                    sentence = (
                        f"Your files could not be watched: {_error_text(error)}. Trying again."
                    )
                    self._emit(Event(EventKind.NOTICE, self._current, notice=sentence))
            watcher.begun.set()
            await asyncio.sleep(AGAIN)

    async def _until_back(self, sentence: str) -> None:
        """Wait for the course's folder; emit a notice that it is gone, and one that it is back."""
        self._emit_unwritten(sentence)
        while not self.course.root.is_dir():  # noqa: ASYNC110 - somebody moves it back
            await asyncio.sleep(AGAIN)
        self._unwritten = ""
        if self._current:
            self._emit(Event(EventKind.NOTICE, self._current, notice=BACK))

    def _emit_unwritten(self, sentence: str, exercise: Exercise | None = None) -> None:
        """Emit a notice why nothing can be written, unless the last one said the same."""
        about = exercise or self._current
        if sentence != self._unwritten and about:
            self._emit(Event(EventKind.NOTICE, about, notice=sentence))
        self._unwritten = sentence

    def _emit(self, event: Event) -> None:
        for queue in self._listeners:
            queue.put_nowait(event)
            if queue.qsize() > BACKLOG:
                waiting = [queue.get_nowait() for _ in range(queue.qsize())]
                newest = {(event.kind, event.exercise.key): event for event in waiting}
                for event_kept in sorted(newest.values(), key=waiting.index):
                    queue.put_nowait(event_kept)


def _error_text(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
