"""Changes of the learner's file: save, reset, restore; kept copies; access to the solution.

A save names the version that its author has seen; it fails when the file has another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workshop.course import Exercise, files
from workshop.course.files import SOURCE_LIMIT
from workshop.workspace import document
from workshop.workspace.document import Document, TooLargeError, WorkspaceError
from workshop.workspace.progress import Progress


class ConflictError(WorkspaceError):
    """The file on disk has another version than the caller has seen."""

    def __init__(self, exercise: Exercise, now: Document) -> None:
        super().__init__(
            f"{document.display_path(exercise)} was changed elsewhere. Nothing was written:"
            " choose which of both to keep."
        )
        self.now = now
        """The document on disk."""


def save(exercise: Exercise, content: str, version: str | None) -> Document:
    """Replace the learner's file if it still has the version that the caller has seen.

    `version` is None for a file that does not exist. Line ends and BOM stay as they were.
    Raises ConflictError, TooLargeError, or WorkspaceError for a text that is no valid Unicode.
    """
    before = _unchanged(exercise, version)
    try:
        data = document.detect_style(before or b"").encode(content)
    except UnicodeEncodeError as error:
        raise WorkspaceError(
            f"Character {error.start + 1} is half of a letter. Delete it and save again."
        ) from error
    if len(data) > SOURCE_LIMIT:
        raise TooLargeError(
            f"A file here has at most {SOURCE_LIMIT:,} bytes; this one has {len(data):,}."
        )
    if data != before:
        write_whole(exercise, data)
    return document.read_document(exercise, data)


def reset(exercise: Exercise, progress: Progress) -> Path | None:
    """Replace the learner's file by the stub; return the copy that was kept of it, if any.

    A link in its place is removed, its target stays. Raises WorkspaceError.
    """
    original = exercise.stub.read_bytes()
    if exercise.file.is_symlink():
        exercise.file.unlink()
    copy = keep_copy(exercise, progress, original)
    write_whole(exercise, original)
    return copy


def restore(exercise: Exercise, progress: Progress, name: str) -> Path | None:
    """Replace the learner's file by a kept copy; return the copy that was kept of it, if any.

    Raises WorkspaceError when there is no such copy.
    """
    content = copy_named(exercise, progress, name).path.read_bytes()
    copy = keep_copy(exercise, progress, content)
    write_whole(exercise, content)
    return copy


def check_seen(exercise: Exercise, version: str | None) -> None:
    """Raise ConflictError unless the file has the version that the caller has seen."""
    now = document.read_document(exercise)
    if now.version != version:
        raise ConflictError(exercise, now)


def _unchanged(exercise: Exercise, version: str | None) -> bytes | None:
    """Return the file's bytes, None if it does not exist; raises ConflictError, WorkspaceError."""
    try:
        data = document.read_bytes(exercise)
    except FileNotFoundError:
        data = None
    if document.digest(data) != version:
        raise ConflictError(exercise, document.read_document(exercise, data))
    return data


def keep_copy(exercise: Exercise, progress: Progress, content: bytes) -> Path | None:
    """Copy the learner's file, unless it does not exist or equals the new content.

    Returns the path of the copy, if one was made. Raises WorkspaceError.
    """
    if not exercise.file.exists():
        return None
    if not exercise.file.is_file():
        raise WorkspaceError(
            f"{document.display_path(exercise)} is no ordinary file. Move it away."
        )
    try:
        return None if exercise.file.read_bytes() == content else progress.keep(exercise)
    except OSError as error:
        raise WorkspaceError(
            f"{document.display_path(exercise)} cannot be kept: {error.strerror}."
            " Nothing was changed."
        ) from error


def write_whole(exercise: Exercise, data: bytes) -> None:
    """Write the learner's file atomically; create its folder if need be. Raises WorkspaceError."""
    file = document.resolved_path(exercise)
    try:
        files.check_root(exercise.root)
        file.parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(file, data)
    except files.GoneError as error:
        raise WorkspaceError(str(error.strerror)) from error
    except OSError as error:
        raise WorkspaceError(
            f"{document.display_path(exercise)} cannot be written: {error.strerror}."
            " See who may write there, and whether the disk is full."
        ) from error


@dataclass(frozen=True, slots=True)
class Copy:
    """A kept copy of a learner's file; `when` is UTC in ISO 8601."""

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
    """Return the kept copy of this name; raises WorkspaceError when there is none."""
    for copy in copies(exercise, progress):
        if copy.name == name:
            return copy
    raise WorkspaceError(f"No copy of {exercise.key} has this name. Choose one of the list.")


class UnearnedError(WorkspaceError):
    """The exercise has not passed yet; the caller says how to see its solution all the same."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__(
            f"You have not solved {exercise.key} yet. A hint helps more than the solution"
        )


def check_earned(exercise: Exercise, progress: Progress, insists: Callable[[], bool]) -> None:
    """Raise UnearnedError unless the exercise has passed once, or `insists` returns True.

    `insists` is called only when the exercise has not passed.
    """
    if not (progress.done(exercise) or insists()):
        raise UnearnedError(exercise)
