"""Which exercise a learner means, by a name or by what was done last."""

from __future__ import annotations

from workshop.course import Course, Exercise
from workshop.workspace.progress import Progress


def named(course: Course, progress: Progress, name: str) -> Exercise:
    """Return the exercise of a name; of a step the one that is next.

    Raises CourseError, with the nearest names, when there is none.
    """
    chosen = course.select(name)
    return progress.next_open(chosen) or chosen[0]


def first(course: Course, progress: Progress) -> Exercise:
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
