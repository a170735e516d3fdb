"""The course by exact names, read again when a file of it has changed.

What a page asks for is looked up here: its words never become part of a path.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workshop.course import Course, CourseError, Exercise, Step, discover, misplaced
from workshop.course.files import Seen, seen


class Catalogue:
    """All steps and exercises by label and key."""

    def __init__(self, course: Course) -> None:
        self.notice: str | None = None
        """What is to be said of the files: in disorder, or none of the course's."""
        self._take(course)

    @property
    def course(self) -> Course:
        """The course as its files are now."""
        self._refresh()
        return self._course

    def exercise(self, step: str, name: str) -> Exercise | None:
        """Return the exercise with the key "step/name", or None."""
        self._refresh()
        return self._exercises.get(f"{step}/{name}")

    def app(self, name: str) -> Step | Exercise | None:
        """Return the step with this label, or the exercise with this key, if it is an app."""
        self._refresh()
        return self._apps.get(name)

    def is_app(self, exercise: Exercise) -> bool:
        """Whether it serves by itself."""
        return exercise.key in self._apps

    def _refresh(self) -> None:
        same = {path: seen(path) for path in self._seen} == self._seen
        if same and _there(self._course) == self._there:
            return
        try:
            self._take(discover(self._course.root))
        except CourseError as error:
            self.notice = str(error)

    def _take(self, course: Course) -> None:
        """Read all that is asked for again and again."""
        marks, there = {path: seen(path) for path in _files(course)}, _there(course)
        exercises = {exercise.key: exercise for exercise in course.exercises}
        apps: dict[str, Step | Exercise] = {step.label: step for step in course.steps}
        apps |= {key: exercise for key, exercise in exercises.items() if exercise.is_app}
        for step in course.steps:
            _ = step.title
        self._course, self._exercises, self._apps = course, exercises, apps
        self.notice = " ".join(misplaced.suites(course.steps)) or None
        self._seen: dict[Path, Seen] = marks
        self._there = there


def _there(course: Course) -> list[bool]:
    """Return which folders of exercises are there: one may be away for a moment."""
    return [(course.root / "exercises" / step.folder).is_dir() for step in course.steps]


def _files(course: Course) -> Iterator[Path]:
    """Yield what the catalogue is made from.

    The folders of exercises are left out: they change with every save.
    """
    yield course.root / "steps"
    for step in course.steps:
        yield step.page
        for exercise in step.exercises:
            yield exercise.suite
            yield exercise.stub
