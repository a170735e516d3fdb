"""Export and import of progress and files, as one ZIP archive for another machine."""

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
"""The member with the progress; every other member is a learner's file, by its path."""
MAX_FILES = 1_000
"""Members of an archive, at most; a course has one for each exercise."""
MAX_BYTES = 32 * SOURCE_LIMIT
"""Bytes of all members together, at most."""
LEARNER_FILE = re.compile(r"exercises/step\d\d_[a-z0-9_]+/[a-z][a-z0-9_]*\.py")
"""Paths of learners' files, in this course or an earlier one."""
READ_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, MemoryError),
)
"""Errors at reading an archive that is damaged or encrypted."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The content of a valid archive."""

    entries: dict[str, Entry]
    """The progress, by the exercise's key."""
    files: dict[Exercise, bytes] = field(default_factory=dict)
    """The content of the learner's files."""
    unknown: tuple[str, ...] = ()
    """Files of exercises that this course does not have."""


def pack(course: Course, progress: Progress) -> bytes:
    """Return a ZIP archive of the progress and of each file that differs from its stub.

    Files that cannot be read are left out.
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
    """Return the content of an archive; write nothing.

    Raises ValueError, with a sentence, for data that `pack` cannot have made.
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
    """An archive with members that `pack` never makes; the message is a sentence."""


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    """Check names and types of all members before any is read; raises InvalidArchiveError."""
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
    """Yield names and contents, limited in size as decompressed; raises InvalidArchiveError."""
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
    """The changes by an import; paths are relative to the course."""

    exercises: int
    """Number of exercises with progress after the import."""
    written: tuple[str, ...]
    """Files that get another content."""
    replaced: tuple[str, ...]
    """Those among them that the learner has edited; copies of these are kept."""
    unknown: tuple[str, ...]
    """Files of exercises that this course does not have; they are left out."""


def preview_import(archive: Archive) -> ImportPreview:
    """Return what an import would change; raises WorkspaceError for a file that it cannot read."""
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
    """Replace files and progress by those of an archive; keep copies of edited files.

    Raises WorkspaceError or OSError when a file cannot be written; all changes are undone then.
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
    """Return the present contents of files that will change; None for one that does not exist.

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
    """Return whether a file exists and differs from its stub."""
    return data is not None and data != exercise.stub.read_bytes()


def _undo(exercise: Exercise, data: bytes | None) -> None:
    """Restore the earlier content of a file; None removes the file."""
    file = document.resolved_path(exercise)
    if data is None:
        file.unlink(missing_ok=True)
    elif file.read_bytes() != data:
        files.write_atomically(file, data)
