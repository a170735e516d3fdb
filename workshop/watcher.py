"""From a saved file to the exercises that it belongs to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import watchfiles

from workshop.course import Course, Exercise


async def watch(course: Course) -> AsyncIterator[tuple[Exercise, ...]]:
    """Yield the exercises whose file was saved, in the order of the course, until cancelled."""
    folder = course.root / "exercises"
    async for changes in watchfiles.awatch(folder, debounce=50, step=5):
        saved = {Path(name) for _, name in changes}
        touched = tuple(exercise for exercise in course.exercises if exercise.file in saved)
        if touched:
            yield touched
