"""The state of the watch: the exercise, its last report, the checks that run."""

from __future__ import annotations

import asyncio
import time

from workshop.course import Course, Exercise
from workshop.report import Check, Report
from workshop.terminal.report_text import path_of, to_hint
from workshop.terminal.view import Pane, View
from workshop.workspace.progress import Progress
from workshop.workspace.session import CourseSession, Event, EventKind


def find_exercise(course: Course, progress: Progress, name: str) -> Exercise:
    """Return the exercise of a name; of a step the one that is next.

    Raises CourseError, with the nearest names, when there is none.
    """
    chosen = course.select(name)
    return progress.next_open(chosen) or chosen[0]


def initial_exercise(course: Course, progress: Progress) -> Exercise:
    """Return what to begin with: what was saved last or, when that is done, what follows it."""
    begun = [exercise for exercise in course.exercises if _changed(exercise)]
    if not begun:
        return progress.next_open(course.exercises) or course.exercises[0]
    last = max(begun, key=lambda exercise: exercise.file.stat().st_mtime)
    return (progress.done(last) and progress.after(last, course.exercises)) or last


def _changed(exercise: Exercise) -> bool:
    """Say whether a learner's file is there, and no longer as it was handed out."""
    try:
        return exercise.file.read_bytes() != exercise.stub.read_bytes()
    except OSError:
        return False


class WatchState:
    """Follows a session, one exercise of it at a time, and tells a view."""

    def __init__(self, session: CourseSession, exercise: Exercise) -> None:
        self.session = session
        self.exercise = exercise
        self.report: Report | None = None
        self.checking = False
        self.checked = ""
        """When the newest report came, by the clock on the wall."""
        self._saved: set[Exercise] = set()
        """What was saved last, mostly one."""
        self._checks: set[asyncio.Task[Report]] = set()
        self._view: View

    def attach(self, view: View) -> None:
        """Tell this view, and no other; to be called before anything else."""
        self._view = view

    @property
    def course(self) -> Course:
        """The course that the session is about."""
        return self.session.course

    @property
    def progress(self) -> Progress:
        """What is done."""
        return self.session.progress

    @property
    def trouble(self) -> Check | None:
        """The check that hints help with: the first that does not pass, as far as is known."""
        return to_hint(self.report) if self.report else None

    @property
    def taken(self) -> dict[str, int]:
        """Hints taken in this exercise, by the check's name."""
        return self.progress.entry(self.exercise).hints

    @property
    def hints(self) -> tuple[int, int]:
        """Hints taken, and hints there are, for that check."""
        trouble = self.trouble
        return (self.taken.get(trouble.name, 0), len(trouble.hints)) if trouble else (0, 0)

    async def handle_events(self) -> None:
        """Check the exercise, then do what the session tells, until cancelled."""
        with self.session.subscribe() as events:
            if self.progress.notice:
                self._view.notify(self.progress.notice)
            self.check()
            while True:
                batch = [await events.get()]
                while not events.empty():
                    batch.append(events.get_nowait())
                self.handle(batch)

    def open(self, exercise: Exercise) -> None:
        """Turn to an exercise and check it."""
        self._switch_to(exercise)
        self.check()

    def check(self) -> None:
        """Ask for a verdict on the current exercise."""
        task = self.session.check(self.exercise)
        self._checks.add(task)
        task.add_done_callback(self._check_ended)

    def _check_ended(self, task: asyncio.Task[Report]) -> None:
        """Say when a check could not be run at all."""
        self._checks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.checking = False
            self._view.notify(f"The check could not be run: {error!r}. c tries again.")

    def handle(self, events: list[Event]) -> None:
        """Take up what happened at once: files that were saved together come together."""
        if saved := {event.exercise for event in events if event.kind is EventKind.SAVED}:
            self._saved = saved
            if self.exercise in saved:
                self._view.show(Pane.VERDICT)
        for event in events:
            if event.notice:
                self._view.notify(event.notice)
            if event.kind is EventKind.CHECKING:
                self._switch_if_saved(event.exercise)
            if event.exercise == self.exercise and event.kind in {
                EventKind.CHECKING,
                EventKind.REPORT,
            }:
                self.checking = event.kind is EventKind.CHECKING
                if event.report:
                    self.report, self.checked = event.report, time.strftime("%H:%M:%S")
                self._view.refresh()

    def _switch_if_saved(self, exercise: Exercise) -> None:
        """Turn to an exercise that is checked because it was saved, unless this one was, too."""
        if exercise in self._saved and self.exercise not in self._saved:
            self._switch_to(exercise)
            self._view.notify(f"{path_of(exercise)} has changed, so here it is.")

    def _switch_to(self, exercise: Exercise) -> None:
        self.exercise, self.report, self.checking = exercise, None, False
        self._view.show(Pane.VERDICT)
