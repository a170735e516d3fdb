"""Whether what a waiting process has read by now is still what lies on the disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR

from workshop.course import Exercise

ENGINE = ("advice", "course", "mutation", "recorder", "report", "runner")
"""Rooms of the engine that a check imports, beside its modules."""
FILES = ("conftest.py", "pyproject.toml", "requirements.txt")

Stamp = dict[str, tuple[int, int]]
"""Time of change (ns) and size (bytes), by path."""


def stamp(exercise: Exercise) -> Stamp:
    """Return what is to be seen from outside of all that a spare for an exercise may have read.

    The learner's own files are no part of it: they are read when the check comes.
    """
    found: Stamp = {}
    for entry in _entries(exercise):
        try:
            state = entry.stat()
        except OSError:  # it is not there, or goes just now
            continue
        found[entry.path if isinstance(entry, os.DirEntry) else str(entry)] = (
            state.st_mtime_ns,
            0 if S_ISDIR(state.st_mode) else state.st_size,
        )
    return found


def _entries(exercise: Exercise) -> Iterator[Path | os.DirEntry[str]]:
    """Yield the files, and the folders of installed packages: these change with each of them."""
    root = exercise.root
    yield from (root / name for name in FILES)
    yield from (Path(name) for name in sys.path if name and Path(name) != root)
    yield exercise.stub
    workshop = root / "workshop"
    yield from _sources(workshop, deep=False)
    for room in ENGINE:
        yield from _sources(workshop / room)
    yield from _sources(root / "steps")
    yield from _sources(exercise.solution.parent)
    for entry in _sources(exercise.suite.parent):
        if entry.name.startswith(("test_", "conftest.")):
            yield entry


def _sources(folder: Path, deep: bool = True) -> Iterator[os.DirEntry[str]]:
    """Yield the sources and the templates in a folder."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if deep and entry.name not in {"__pycache__", "data"}:
                yield from _sources(Path(entry.path))
        elif entry.name.endswith((".py", ".html", ".sql", ".css")):
            yield entry
