"""What was taken along put in its place: whole or not at all, with copies of what it replaces."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from workshop.course import Exercise, files
from workshop.workspace import document
from workshop.workspace.archive import Archive
from workshop.workspace.document import DeskError
from workshop.workspace.edits import keep_copy, write_whole
from workshop.workspace.progress import Progress


@dataclass(frozen=True, slots=True)
class Change:
    """What taking an archive changes: paths as the learner knows them."""

    exercises: int
    """Exercises of which something is known then."""
    written: tuple[str, ...]
    """Files that become others."""
    replaced: tuple[str, ...]
    """Those among them that hold something of the learner's own; copies of these are kept."""
    unknown: tuple[str, ...]
    """Files of exercises that this course does not have; they are left out."""


def change(archive: Archive) -> Change:
    """Return what taking an archive would change. Raises DeskError for a file that it cannot."""
    found = _now(archive)
    return Change(
        len(archive.entries),
        tuple(document.shown(exercise) for exercise in found),
        tuple(document.shown(exercise) for exercise, data in found.items() if _own(exercise, data)),
        archive.unknown,
    )


def take(archive: Archive, progress: Progress) -> Change:
    """Replace files and progress by those of an archive; copies of what was there are kept.

    Raises DeskError or OSError when that cannot be; then everything is as it was before.
    """
    done, before = change(archive), _now(archive)
    for exercise, data in before.items():
        if _own(exercise, data):
            keep_copy(exercise, progress, archive.files[exercise])
    written: list[Exercise] = []
    try:
        for exercise in before:
            written.append(exercise)
            write_whole(exercise, archive.files[exercise])
        progress.take_over(archive.entries)
    except (DeskError, OSError):
        for exercise in written:
            with contextlib.suppress(DeskError, OSError):  # else its copy is kept
                _put_back(exercise, before[exercise])
        raise
    return done


def _now(archive: Archive) -> dict[Exercise, bytes | None]:
    """Return what the files hold that will be others; None for one that is not there.

    Raises DeskError.
    """
    found: dict[Exercise, bytes | None] = {}
    for exercise, content in archive.files.items():
        try:
            found[exercise] = document.read(exercise)
        except FileNotFoundError:
            found[exercise] = None
        if found[exercise] == content:
            del found[exercise]
    return found


def _own(exercise: Exercise, data: bytes | None) -> bool:
    """Whether it is more than what was handed out."""
    return data is not None and data != exercise.stub.read_bytes()


def _put_back(exercise: Exercise, data: bytes | None) -> None:
    """Undo a change; a file that could not be written was not changed."""
    file = document.place(exercise)
    if data is None:
        file.unlink(missing_ok=True)
    elif file.read_bytes() != data:
        files.write(file, data)
