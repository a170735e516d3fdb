"""Copies of a learner's file that were kept before another one took its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workshop.course import Exercise
from workshop.workspace.document import DeskError
from workshop.workspace.progress import Progress


@dataclass(frozen=True, slots=True)
class Copy:
    """A kept copy; `when` is UTC in ISO 8601."""

    name: str
    when: str
    path: Path


def copies(exercise: Exercise, progress: Progress) -> list[Copy]:
    """Return the kept copies of an exercise's file, the newest first."""
    ending = re.escape(exercise.file.suffix)
    name = re.escape(exercise.name)
    form = re.compile(rf"{name}-(\d{{8}}-\d{{6}})(?:-(\d+))?{ending}", re.ASCII)
    found = []
    for path in progress.kept_folder(exercise).glob("*"):
        match = form.fullmatch(path.name)
        if match and (when := _time(match[1])) and path.is_file() and not path.is_symlink():
            found.append((when, int(match[2] or 1), Copy(path.name, when.isoformat(), path)))
    return [copy for *_, copy in sorted(found, key=lambda each: each[:2], reverse=True)]


def _time(text: str) -> datetime | None:
    """Return the time (UTC) in a name, or None where there is no such time."""
    try:
        return datetime.strptime(text, "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def copy_named(exercise: Exercise, progress: Progress, name: str) -> Copy:
    """Return the kept copy of this name; raises DeskError when there is none."""
    for copy in copies(exercise, progress):
        if copy.name == name:
            return copy
    raise DeskError(f"No copy of {exercise.key} has this name. Choose one of the list.")
