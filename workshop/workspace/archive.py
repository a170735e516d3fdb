"""What a learner did, in one file to take along: what is done, and the files themselves."""

from __future__ import annotations

import contextlib
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workshop.course import Course, Exercise, files
from workshop.course.files import SOURCE_LIMIT
from workshop.workspace import document
from workshop.workspace.document import WorkspaceError
from workshop.workspace.edits import keep_copy, write_whole
from workshop.workspace.progress import Progress
from workshop.workspace.progress_file import Entry, read_export

PROGRESS = "progress.json"
"""The member with what is done; each other one is a learner's file, by its path in the course."""
MAX_FILES = 1_000
"""Members of an archive; a course has a file for each exercise."""
MAX_BYTES = 32 * SOURCE_LIMIT
"""Bytes of all members together."""
LEARNER_FILE = re.compile(r"exercises/step\d\d_[a-z0-9_]+/[a-z][a-z0-9_]*\.py")
"""Names that a course gives to learners' files: this one, or an earlier one."""
READ_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, MemoryError),
)
"""What reading an archive raises that is damaged, or that wants a password."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What was taken along, read whole and found to be in order."""

    entries: dict[str, Entry]
    """What is done, by the exercise's key."""
    files: dict[Exercise, bytes] = field(default_factory=dict)
    """What the learner's files hold."""
    unknown: tuple[str, ...] = ()
    """Files of exercises that this course does not have."""


def pack(course: Course, progress: Progress) -> bytes:
    """Return a ZIP archive: what is done, and each file that is not as it was handed out.

    What cannot be read is left out.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PROGRESS, progress.export())
        for exercise in course.exercises:
            try:
                content = document.read_bytes(exercise)
            except (WorkspaceError, OSError):
                continue
            if content != exercise.stub.read_bytes():
                archive.writestr(document.display_path(exercise), content)
    return made.getvalue()


def unpack(data: bytes, course: Course) -> Archive:
    """Return what an archive holds. Nothing is written.

    Raises ValueError, with a sentence, for whatever `pack` cannot have made.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive.infolist())
            contents = dict(_contents(archive))
    except InvalidArchiveError as error:
        raise ValueError(str(error)) from error
    except READ_ERRORS as error:
        raise ValueError(f"It is no whole ZIP archive ({str(error).rstrip('.')}).") from error
    entries = read_export(_parsed(contents.pop(PROGRESS)))
    places = {document.display_path(exercise): exercise for exercise in course.exercises}
    return Archive(
        entries,
        {places[name]: content for name, content in contents.items() if name in places},
        tuple(name for name in contents if name not in places),
    )


class InvalidArchiveError(Exception):
    """An archive that no course has made; the message is a sentence."""


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    """Look at the names and kinds of all members, before one is read; raises OddError."""
    names = [info.filename for info in members]
    if len(names) > MAX_FILES:
        raise InvalidArchiveError(
            f"It holds {len(names):,} files; at most {MAX_FILES:,} are taken."
        )
    if PROGRESS not in names:
        raise InvalidArchiveError(f"There is no {PROGRESS} in it.")
    if len(set(names)) < len(names):
        raise InvalidArchiveError("It holds two files of one name.")
    for info in members:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.filename != PROGRESS and not LEARNER_FILE.fullmatch(info.filename):
            raise InvalidArchiveError(f"It holds {_quoted(info)}, which is no file of an exercise.")
        if kind not in {0, stat.S_IFREG}:
            raise InvalidArchiveError(f"{_quoted(info)} in it is a link, or no ordinary file.")


def _contents(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield what the members hold, whatever size they claim to have; raises OddError."""
    left = MAX_BYTES
    for info in archive.infolist():
        limit = min(SOURCE_LIMIT, left)
        with archive.open(info) as opened:
            content = opened.read(limit + 1)
        if len(content) > limit:
            raise InvalidArchiveError(f"{_quoted(info)} in it is larger than {limit:,} bytes.")
        left -= len(content)
        yield info.filename, content


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"Its {PROGRESS} is no JSON.") from error


def _quoted(info: zipfile.ZipInfo) -> str:
    return ascii(info.filename[:80])


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What taking an archive changes: paths as the learner knows them."""

    exercises: int
    """Exercises of which something is known then."""
    written: tuple[str, ...]
    """Files that become others."""
    replaced: tuple[str, ...]
    """Those among them that hold something of the learner's own; copies of these are kept."""
    unknown: tuple[str, ...]
    """Files of exercises that this course does not have; they are left out."""


def preview_import(archive: Archive) -> ImportPreview:
    """Return what taking an archive would change; raises WorkspaceError."""
    found = _differing(archive)
    return ImportPreview(
        len(archive.entries),
        tuple(document.display_path(exercise) for exercise in found),
        tuple(
            document.display_path(exercise)
            for exercise, data in found.items()
            if _is_edited(exercise, data)
        ),
        archive.unknown,
    )


def import_archive(archive: Archive, progress: Progress) -> ImportPreview:
    """Replace files and progress by those of an archive; copies of what was there are kept.

    Raises WorkspaceError or OSError when that cannot be; then everything is as it was before.
    """
    done, before = preview_import(archive), _differing(archive)
    for exercise, data in before.items():
        if _is_edited(exercise, data):
            keep_copy(exercise, progress, archive.files[exercise])
    written: list[Exercise] = []
    try:
        for exercise in before:
            written.append(exercise)
            write_whole(exercise, archive.files[exercise])
        progress.replace_all(archive.entries)
    except (WorkspaceError, OSError):
        for exercise in written:
            with contextlib.suppress(WorkspaceError, OSError):  # else its copy is kept
                _undo(exercise, before[exercise])
        raise
    return done


def _differing(archive: Archive) -> dict[Exercise, bytes | None]:
    """Return what the files hold that will be others; None for one that is not there.

    Raises WorkspaceError.
    """
    found: dict[Exercise, bytes | None] = {}
    for exercise, content in archive.files.items():
        try:
            found[exercise] = document.read_bytes(exercise)
        except FileNotFoundError:
            found[exercise] = None
        if found[exercise] == content:
            del found[exercise]
    return found


def _is_edited(exercise: Exercise, data: bytes | None) -> bool:
    """Whether it is more than what was handed out."""
    return data is not None and data != exercise.stub.read_bytes()


def _undo(exercise: Exercise, data: bytes | None) -> None:
    """Undo a change; a file that could not be written was not changed."""
    file = document.resolved_path(exercise)
    if data is None:
        file.unlink(missing_ok=True)
    elif file.read_bytes() != data:
        files.write_atomically(file, data)
