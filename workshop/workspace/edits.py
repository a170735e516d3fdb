"""Changes of the learner's file: none is made to a file that is not the one that was seen."""

from __future__ import annotations

from pathlib import Path

from workshop.course import Exercise, files
from workshop.course.files import SOURCE_LIMIT
from workshop.workspace import document, kept
from workshop.workspace.document import DeskError, LargeError, Sheet
from workshop.workspace.progress import Progress


class ConflictError(DeskError):
    """The file on disk is another one than the caller has seen."""

    def __init__(self, exercise: Exercise, now: Sheet) -> None:
        super().__init__(
            f"{document.shown(exercise)} was changed elsewhere. Nothing was written:"
            " choose which of both to keep."
        )
        self.now = now
        """What is on disk."""


def save(exercise: Exercise, content: str, version: str | None) -> Sheet:
    """Replace the learner's file whole, if it still is the version that was seen.

    `version` is None for a file that is not there. Its line ends stay as they were.
    Raises ConflictError, or DeskError when the content cannot be a file of this course.
    """
    before = _unchanged(exercise, version)
    try:
        data = document.style(before or b"").encode(content)
    except UnicodeEncodeError as error:
        raise DeskError(
            f"Character {error.start + 1} is half of a letter. Delete it and save again."
        ) from error
    if len(data) > SOURCE_LIMIT:
        raise LargeError(
            f"A file here has at most {SOURCE_LIMIT:,} bytes; this one has {len(data):,}."
        )
    if data != before:
        write_whole(exercise, data)
    return document.look(exercise, data)


def reset(exercise: Exercise, progress: Progress) -> Path | None:
    """Bring the original back; return the copy that was kept of the learner's file, if any.

    A link in its place is taken away, what it leads to stays. Raises DeskError.
    """
    original = exercise.stub.read_bytes()
    if exercise.file.is_symlink():
        exercise.file.unlink()
    copy = keep_copy(exercise, progress, original)
    write_whole(exercise, original)
    return copy


def restore(exercise: Exercise, progress: Progress, name: str) -> Path | None:
    """Bring a kept copy back; return the copy that was kept of what was there, if any.

    Raises DeskError when there is no such copy.
    """
    content = kept.copy_named(exercise, progress, name).path.read_bytes()
    copy = keep_copy(exercise, progress, content)
    write_whole(exercise, content)
    return copy


def check_seen(exercise: Exercise, version: str | None) -> None:
    """Raise ConflictError unless the file is the version that was seen."""
    now = document.look(exercise)
    if now.version != version:
        raise ConflictError(exercise, now)


def _unchanged(exercise: Exercise, version: str | None) -> bytes | None:
    """Return the file's bytes, None when it is not there; raises ConflictError, DeskError."""
    try:
        data = document.read(exercise)
    except FileNotFoundError:
        data = None
    if (document.version(data) if data is not None else None) != version:
        raise ConflictError(exercise, document.look(exercise, data))
    return data


def keep_copy(exercise: Exercise, progress: Progress, content: bytes) -> Path | None:
    """Keep a copy of what is there, unless that is nothing, or what will be there."""
    if not exercise.file.exists():
        return None
    if not exercise.file.is_file():
        raise DeskError(f"{document.shown(exercise)} is no ordinary file. Move it away.")
    try:
        return None if exercise.file.read_bytes() == content else progress.keep(exercise)
    except OSError as error:
        raise DeskError(
            f"{document.shown(exercise)} cannot be kept: {error.strerror}. Nothing was changed."
        ) from error


def write_whole(exercise: Exercise, data: bytes) -> None:
    """Replace the learner's file whole, its folder made if need be. Raises DeskError."""
    file = document.place(exercise)
    try:
        files.check_there(exercise.root)
        file.parent.mkdir(parents=True, exist_ok=True)
        files.write(file, data)
    except files.GoneError as error:
        raise DeskError(str(error.strerror)) from error
    except OSError as error:
        raise DeskError(
            f"{document.shown(exercise)} cannot be written: {error.strerror}."
            " See who may write there, and whether the disk is full."
        ) from error
