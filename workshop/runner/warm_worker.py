"""A process that is up and has rehearsed before anybody asks."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR
from typing import Self

from workshop.course import Exercise
from workshop.runner.messages import Ready, WarmUp, decode_event
from workshop.runner.process import WorkerProcess, start_worker

START_SECONDS = 60.0
"""Seconds that a spare may take until it is ready, however slow the machine."""
ENGINE_ROOMS = ("advice", "course", "mutation", "recorder", "report", "runner")
"""Rooms of the engine that a check imports, beside its modules."""
FILES = ("conftest.py", "pyproject.toml", "requirements.txt")

Fingerprint = dict[str, tuple[int, int]]
"""Time of change (ns) and size (bytes), by path."""


@dataclass(eq=False)
class WarmWorker:
    """A sandbox with an exercise that it has rehearsed; it is used once."""

    exercise: Exercise
    worker: WorkerProcess
    fingerprint: Fingerprint
    """How things were before it read anything."""
    ready: bool = False

    @classmethod
    async def start(cls, exercise: Exercise) -> Self:
        """Start a process that rehearses an exercise on its solution and on its stub."""
        fingerprint = fingerprint_of(exercise)
        worker = await start_worker(exercise.root)
        (worker.home / "tmp").mkdir()
        (worker.home / exercise.step).mkdir()
        sources = (str(file) for file in (exercise.solution, exercise.stub) if file.is_file())
        solutions = str(exercise.solution.parent)
        worker.send(WarmUp(worker.place(exercise), tuple(sources), solutions))
        return cls(exercise, worker, fingerprint)

    async def wait_until_ready(self) -> bool:
        """Wait until it is ready; return whether it is. Takes at most `START` seconds."""
        stream = self.worker.process.stdout
        assert stream
        try:
            async with asyncio.timeout(START_SECONDS):
                said = decode_event(await stream.readline(), "")
        except (TimeoutError, ValueError):
            return False
        if not said or not isinstance(said[1], Ready):
            return False
        self.worker.tree.restart(said[1].process)
        self.ready = self.worker.ready = True
        return True

    @property
    def alive(self) -> bool:
        """Whether it is ready, and has not died since."""
        return self.ready and self.worker.process.returncode is None

    def is_usable(self) -> bool:
        """Say whether it lives, and has read what lies there now."""
        awake = self.alive and not self.worker.tree.suspended()
        return awake and self.fingerprint == fingerprint_of(self.exercise)


def fingerprint_of(exercise: Exercise) -> Fingerprint:
    """Return what is to be seen from outside of all that a spare for an exercise may have read.

    The learner's own files are no part of it: they are read when the check comes.
    """
    found: Fingerprint = {}
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
    for room in ENGINE_ROOMS:
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
