"""What is found in the file of the progress, whatever became of it."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from workshop.course.files import free_name, write
from workshop.report import decode
from workshop.workspace.progress_entries import FORM, Entry

FIELDS = {one.name for one in dataclasses.fields(Entry)}


@dataclass(frozen=True)
class Stored:
    """What a file says."""

    entries: dict[str, Entry] = field(default_factory=dict)
    """What is known, by the exercise's key."""
    notice: str | None = None
    """What became of a file that is no progress of this course."""
    shut: OSError | None = None
    """Why the file can be neither read nor put aside: it must not be written over."""


def read(file: Path) -> Stored:
    """Return what a file says. One that says nothing is put aside: nothing is thrown away."""
    try:
        if file.exists() and not file.is_file():
            return _put_aside(file, "is no ordinary file", "unreadable")
        data = json.loads(file.read_bytes())
        if _newer(data):
            return _put_aside(file, "was written by a newer course", "newer")
        entries = decode(data, dict[str, Entry])
    except FileNotFoundError:
        return Stored()
    except OSError as error:
        return _let_alone(file, error)
    except (ValueError, RecursionError):
        return _put_aside(file, "could not be read", "unreadable")
    if any(entry.keys() - FIELDS for entry in data.values()):
        return Stored(entries, _copied(file))
    return Stored(entries)


def merged(one: dict[str, Entry], other: dict[str, Entry]) -> dict[str, Entry]:
    """Return what either knows."""
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
    """Say whether this is of a form that this course does not know yet."""
    form = data.get("form") if isinstance(data, dict) else None
    return isinstance(form, int) and form > FORM


def _put_aside(file: Path, what: str, word: str) -> Stored:
    """Keep a file that is no progress under another name."""
    aside = free_name(file.parent, f"{file.stem}.{word}", file.suffix)
    try:
        file.replace(aside)
    except OSError as error:
        return _let_alone(file, error)
    return Stored(notice=f"{file} {what}; it is kept as {aside.name} and a new one begins.")


def _let_alone(file: Path, error: OSError) -> Stored:
    """Leave a file that can be neither read nor moved."""
    notice = (
        f"{file} cannot be read ({error.strerror}). It is let alone: what you do now is"
        " not written down. Make it a file that you may read and write."
    )
    return Stored(notice=notice, shut=error)


def _copied(file: Path) -> str | None:
    """Keep a copy of a file that says more than this course knows: the next save drops that."""
    content = file.read_bytes()
    copy = file.parent / "kept" / f"progress-{sha256(content).hexdigest()[:8]}{file.suffix}"
    try:
        if copy.exists():
            return None
        copy.parent.mkdir(parents=True, exist_ok=True)
        write(copy, content)
    except OSError:
        return None
    return f"{file} was written by another version of the course; a copy is kept as {copy.name}."
