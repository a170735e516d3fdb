"""The file of the learner's progress: its entries, its reading and validation, its lock."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from workshop.course.files import free_name, try_lock, write_atomically
from workshop.report import decode

FORMAT = 1
"""Number of the format of exported progress."""
KEY = re.compile(r"step\d\d/[a-z][a-z0-9_]*")
VERSION = re.compile(r"[0-9a-f]{64}")
LOCK_TIMEOUT = 2.0
"""Seconds to wait for another process; a suspended one blocks nobody for longer."""
LOCK_PAUSE = 0.001
"""Seconds between two tries to lock."""


@dataclass
class Entry:
    """The progress of one exercise."""

    checks: int = 0
    """Number of checks."""
    done: str | None = None
    """Time of the first pass (UTC, ISO 8601)."""
    passed: str | None = None
    """SHA-256 of the content that passed last, in hex; None when none has, or it fails now."""
    hints: dict[str, int] = field(default_factory=dict)
    """Number of hints taken, by the check's name."""
    asked: bool = False
    """Whether the learner has requested the solution before a pass."""


@dataclass
class ProgressExport:
    """Progress as exported, for another machine for example."""

    exercises: dict[str, Entry]
    """The entries, by the exercise's key."""
    form: int = FORMAT


FIELDS = {one.name for one in dataclasses.fields(Entry)}


@dataclass(frozen=True)
class StoredProgress:
    """The result of reading the file."""

    entries: dict[str, Entry] = field(default_factory=dict)
    """The entries, by the exercise's key."""
    notice: str | None = None
    """A sentence about a file that is no progress of this course."""
    shut: OSError | None = None
    """Why the file can be neither read nor renamed: it must not be overwritten."""


def read(file: Path) -> StoredProgress:
    """Return the entries of a file. One that cannot be parsed is renamed, not removed."""
    try:
        if file.exists() and not file.is_file():
            return _put_aside(file, "is no ordinary file", "unreadable")
        data = json.loads(file.read_bytes())
        if _newer(data):
            return _put_aside(file, "was written by a newer course", "newer")
        entries = decode(data, dict[str, Entry])
    except FileNotFoundError:
        return StoredProgress()
    except OSError as error:
        return _let_alone(file, error)
    except (ValueError, RecursionError):
        return _put_aside(file, "could not be read", "unreadable")
    if any(entry.keys() - FIELDS for entry in data.values()):
        return StoredProgress(entries, _copied(file))
    return StoredProgress(entries)


def merge(one: dict[str, Entry], other: dict[str, Entry]) -> dict[str, Entry]:
    """Return the union of two sets of entries; of an exercise in both, the higher values."""
    found = dict(one)
    for key, entry in other.items():
        mine = found.get(key, Entry())
        names = {*mine.hints, *entry.hints}
        later = entry if entry.checks >= mine.checks else mine
        found[key] = Entry(
            checks=later.checks,
            done=min(filter(None, (mine.done, entry.done)), default=None),
            passed=later.passed,
            hints={name: max(mine.hints.get(name, 0), entry.hints.get(name, 0)) for name in names},
            asked=mine.asked or entry.asked,
        )
    return found


def _newer(data: object) -> bool:
    """Return whether data has a newer format than this course knows."""
    form = data.get("form") if isinstance(data, dict) else None
    return isinstance(form, int) and form > FORMAT


def _put_aside(file: Path, what: str, word: str) -> StoredProgress:
    """Rename a file that is no progress."""
    aside = free_name(file.parent, f"{file.stem}.{word}", file.suffix)
    try:
        file.replace(aside)
    except OSError as error:
        return _let_alone(file, error)
    return StoredProgress(notice=f"{file} {what}; it is kept as {aside.name} and a new one begins.")


def _let_alone(file: Path, error: OSError) -> StoredProgress:
    """Leave a file that can be neither read nor renamed; return the notice."""
    notice = (
        f"{file} cannot be read ({error.strerror}). It is let alone: what you do now is"
        " not written down. Make it a file that you may read and write."
    )
    return StoredProgress(notice=notice, shut=error)


def _copied(file: Path) -> str | None:
    """Copy a file with unknown fields, which the next save drops; return the notice, if any."""
    content = file.read_bytes()
    copy = file.parent / "kept" / f"progress-{sha256(content).hexdigest()[:8]}{file.suffix}"
    try:
        if copy.exists():
            return None
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(copy, content)
    except OSError:
        return None
    return f"{file} was written by another version of the course; a copy is kept as {copy.name}."


def read_export(data: object) -> dict[str, Entry]:
    """Return the entries of exported progress, by the exercise's key.

    Raises ValueError, with a sentence, for data that no course has exported.
    """
    export = decode(data, ProgressExport)
    if export.form != FORMAT:
        raise ValueError(f"Its form is {export.form}; this course knows form {FORMAT}.")
    for key, entry in export.exercises.items():
        _validate(key, entry)
    return export.exercises


def _validate(key: str, entry: Entry) -> None:
    """Raise ValueError for an entry that no course has written."""
    if not KEY.fullmatch(key):
        raise ValueError(f'"{key[:80]}" is no exercise.')
    if not VERSION.fullmatch(entry.passed or "0" * 64):
        raise ValueError(f'{key}: "passed" is no SHA-256 in hex.')
    if min([entry.checks, *entry.hints.values()]) < 0:
        raise ValueError(f"{key}: a number of checks or hints is below 0.")
    try:
        datetime.fromisoformat(entry.done or "2000-01-01")
    except ValueError as error:
        raise ValueError(f'{key}: "done" is no time such as 2000-01-01T12:00:00+00:00.') from error


@contextlib.contextmanager
def exclusive_lock(file: Path) -> Iterator[None]:
    """Hold the lock of a file inside the block; create the file and its folder.

    Where the file cannot be created or locked, the block runs without the lock.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            file.parent.mkdir(exist_ok=True)  # but none above: the course may be gone
            opened = stack.enter_context(file.open("ab"))
            _lock(opened)
        yield


def _lock(opened: IO[bytes]) -> None:
    """Wait for the lock, at most `LOCK_TIMEOUT` seconds; closing the file releases it."""
    until = time.monotonic() + LOCK_TIMEOUT
    while time.monotonic() < until:
        if try_lock(opened):
            return
        time.sleep(LOCK_PAUSE)
