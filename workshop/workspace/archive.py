"""What a learner did, in one file to take along: what is done, and the files themselves."""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workshop.course import Course, Exercise
from workshop.course.files import SOURCE_LIMIT
from workshop.workspace.document import DeskError, read, shown
from workshop.workspace.progress import Progress
from workshop.workspace.progress_entries import Entry, taken_in

PROGRESS = "progress.json"
"""The member with what is done; each other one is a learner's file, by its path in the course."""
MOST = 1_000
"""Members of an archive; a course has a file for each exercise."""
WHOLE = 32 * SOURCE_LIMIT
"""Bytes of all members together."""
OWN = re.compile(r"exercises/step\d\d_[a-z0-9_]+/[a-z][a-z0-9_]*\.py")
"""Names that a course gives to learners' files: this one, or an earlier one."""
BROKEN = (
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
        archive.writestr(PROGRESS, progress.handed())
        for exercise in course.exercises:
            try:
                content = read(exercise)
            except (DeskError, OSError):
                continue
            if content != exercise.stub.read_bytes():
                archive.writestr(shown(exercise), content)
    return made.getvalue()


def unpack(data: bytes, course: Course) -> Archive:
    """Return what an archive holds. Nothing is written.

    Raises ValueError, with a sentence, for whatever `pack` cannot have made.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive.infolist())
            contents = dict(_contents(archive))
    except OddError as error:
        raise ValueError(str(error)) from error
    except BROKEN as error:
        raise ValueError(f"It is no whole ZIP archive ({str(error).rstrip('.')}).") from error
    entries = taken_in(_parsed(contents.pop(PROGRESS)))
    places = {shown(exercise): exercise for exercise in course.exercises}
    return Archive(
        entries,
        {places[name]: content for name, content in contents.items() if name in places},
        tuple(name for name in contents if name not in places),
    )


class OddError(Exception):
    """An archive that no course has made; the message is a sentence."""


def _check(members: list[zipfile.ZipInfo]) -> None:
    """Look at the names and kinds of all members, before one is read; raises OddError."""
    names = [info.filename for info in members]
    if len(names) > MOST:
        raise OddError(f"It holds {len(names):,} files; at most {MOST:,} are taken.")
    if PROGRESS not in names:
        raise OddError(f"There is no {PROGRESS} in it.")
    if len(set(names)) < len(names):
        raise OddError("It holds two files of one name.")
    for info in members:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.filename != PROGRESS and not OWN.fullmatch(info.filename):
            raise OddError(f"It holds {_named(info)}, which is no file of an exercise.")
        if kind not in {0, stat.S_IFREG}:
            raise OddError(f"{_named(info)} in it is a link, or no ordinary file.")


def _contents(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield what the members hold, whatever size they claim to have; raises OddError."""
    left = WHOLE
    for info in archive.infolist():
        limit = min(SOURCE_LIMIT, left)
        with archive.open(info) as opened:
            content = opened.read(limit + 1)
        if len(content) > limit:
            raise OddError(f"{_named(info)} in it is larger than {limit:,} bytes.")
        left -= len(content)
        yield info.filename, content


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"Its {PROGRESS} is no JSON.") from error


def _named(info: zipfile.ZipInfo) -> str:
    return ascii(info.filename[:80])
