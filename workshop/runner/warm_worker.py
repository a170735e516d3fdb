"""A worker process that is started and warmed up for an exercise before its check comes.

Its fingerprint says whether a file that it has imported has changed since.
"""

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
from workshop.runner.process import WorkerProcess, start_worker
from workshop.runner.protocol import Ready, WarmUp, decode_event

START_SECONDS = 60.0
"""Seconds that a worker may take until it is ready, however slow the machine."""
ENGINE_ROOMS = ("advice", "course", "mutation", "recorder", "report", "runner")
"""Packages of the engine that a check imports, beside the modules at its top."""
FILES = ("conftest.py", "pyproject.toml", "requirements.txt")

Fingerprint = dict[str, tuple[int, int]]
"""Modification time (ns) and size (bytes) of files and folders, by path; 0 bytes for a folder."""


@dataclass(eq=False)
class WarmWorker:
    """A worker process that has been warmed up for an exercise; it runs one check."""

    exercise: Exercise
    worker: WorkerProcess
    fingerprint: Fingerprint
    """The files that it imports, as they were before it started."""
    ready: bool = False
    """Whether it has imported and collected everything, and waits for a job."""

    @classmethod
    async def start(cls, exercise: Exercise) -> Self:
        """Start a process that warms up on the solution and the stub of an exercise.

        Raises OSError when the system starts no process.
        """
        fingerprint = fingerprint_of(exercise)
        worker = await start_worker(exercise.root)
        (worker.home / "tmp").mkdir()
        (worker.home / exercise.step).mkdir()
        sources = (str(file) for file in (exercise.solution, exercise.stub) if file.is_file())
        solutions = str(exercise.solution.parent)
        worker.send(WarmUp(worker.place(exercise), tuple(sources), solutions))
        return cls(exercise, worker, fingerprint)

    async def wait_until_ready(self) -> bool:
        """Wait `START_SECONDS` at most until it is ready; return whether it is."""
        stream = self.worker.process.stdout
        assert stream
        try:
            async with asyncio.timeout(START_SECONDS):
                message = decode_event(await stream.readline(), "")
        except (TimeoutError, ValueError):
            return False
        if not message or not isinstance(message[1], Ready):
            return False
        self.worker.tree.restart(message[1].process)
        self.ready = self.worker.ready = True
        return True

    @property
    def alive(self) -> bool:
        """Whether it is ready, and has not died since."""
        return self.ready and self.worker.process.returncode is None

    def is_usable(self) -> bool:
        """Return whether it runs, and every file that it has imported is unchanged."""
        running = self.alive and not self.worker.tree.suspended()
        return running and self.fingerprint == fingerprint_of(self.exercise)


def fingerprint_of(exercise: Exercise) -> Fingerprint:
    """Return the fingerprint of all files that a worker for an exercise may have imported.

    The learner's own files are no part of it: a worker reads them when the job comes.
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
    """Yield the files, and the folders of `sys.path`, which change when a package is installed."""
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
    """Yield the sources and templates in a folder; with `deep`, in its subfolders too."""
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
