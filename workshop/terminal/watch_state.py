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
    """Return the exercise with a name; for a step its next open exercise.

    Raises CourseError, with similar names, when there is none.
    """
    chosen = course.select(name)
    return progress.next_open(chosen) or chosen[0]


def initial_exercise(course: Course, progress: Progress) -> Exercise:
    """Return the exercise that was saved last or, when that is done, the one after it."""
    begun = [exercise for exercise in course.exercises if _changed(exercise)]
    if not begun:
        return progress.next_open(course.exercises) or course.exercises[0]
    last = max(begun, key=lambda exercise: exercise.file.stat().st_mtime)
    return (progress.done(last) and progress.after(last, course.exercises)) or last


def _changed(exercise: Exercise) -> bool:
    """Return whether the learner's file exists and differs from the stub."""
    try:
        return exercise.file.read_bytes() != exercise.stub.read_bytes()
    except OSError:
        return False


class WatchState:
    """Follows a session, one exercise of it at a time, and updates a view."""

    def __init__(self, session: CourseSession, exercise: Exercise) -> None:
        self.session = session
        self.exercise = exercise
        self.report: Report | None = None
        self.checking = False
        self.checked = ""
        """The local time of the newest report."""
        self._saved: set[Exercise] = set()
        """The exercises of the last save, mostly one."""
        self._checks: set[asyncio.Task[Report]] = set()
        self._view: View

    def attach(self, view: View) -> None:
        """Set the view that is updated; call it before any other method."""
        self._view = view

    @property
    def course(self) -> Course:
        """The course that the session is about."""
        return self.session.course

    @property
    def progress(self) -> Progress:
        """The learner's progress."""
        return self.session.progress

    @property
    def trouble(self) -> Check | None:
        """The check of the report to which hints belong: the first that did not pass."""
        return to_hint(self.report) if self.report else None

    @property
    def taken(self) -> dict[str, int]:
        """Hints taken in this exercise, by the check's name."""
        return self.progress.entry(self.exercise).hints

    @property
    def hints(self) -> tuple[int, int]:
        """The number of hints taken, and of all hints, of the check `trouble`."""
        trouble = self.trouble
        return (self.taken.get(trouble.name, 0), len(trouble.hints)) if trouble else (0, 0)

    async def handle_events(self) -> None:
        """Check the exercise, then handle the events of the session, until cancelled."""
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
        """Switch to an exercise and check it."""
        self._switch_to(exercise)
        self.check()

    def check(self) -> None:
        """Start a check of the current exercise."""
        task = self.session.check(self.exercise)
        self._checks.add(task)
        task.add_done_callback(self._check_ended)

    def _check_ended(self, task: asyncio.Task[Report]) -> None:
        """Show the error of a check that could not run."""
        self._checks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.checking = False
            self._view.notify(f"The check could not be run: {error!r}. c tries again.")

    def handle(self, events: list[Event]) -> None:
        """Handle a batch of events: files that were saved together come together."""
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
        """Switch to a saved exercise, unless the current one was saved as well."""
        if exercise in self._saved and self.exercise not in self._saved:
            self._switch_to(exercise)
            self._view.notify(f"{path_of(exercise)} has changed, so here it is.")

    def _switch_to(self, exercise: Exercise) -> None:
        self.exercise, self.report, self.checking = exercise, None, False
        self._view.show(Pane.VERDICT)
