"""Start and end a worker process, with its process tree and its temporary folder."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from workshop.course import Exercise
from workshop.course.files import try_lock
from workshop.runner.process_tree import MARK, ProcessTree
from workshop.runner.protocol import Command, Place, encode_command

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of the longest event; the recorder caps bodies far below."""
DROPPED = ("PYTEST_", "PYTHONBREAKPOINT", "PYTHONINSPECT", "PYTHONOPTIMIZE", "PYTHONWARNINGS")
"""Prefixes of environment variables that would change a verdict: -O removes every assert."""
PREFIX, LOCK_FILE = "workshop-", "held"
"""The prefix of a temporary folder, and the file in it that is locked while a worker uses it."""
PATIENCE = 0.3
"""Seconds to wait for killed processes to end."""
PAUSE = 0.002
"""Seconds between two polls."""


@dataclass
class WorkerProcess:
    """A worker process, its process tree, and the temporary folder for its files."""

    home: Path
    """The temporary folder; `close` removes it."""
    process: asyncio.subprocess.Process
    tree: ProcessTree
    lock: IO[bytes]
    """The locked file: `remove_orphans` leaves a locked folder alone."""
    ready: bool = False
    """Whether it is warm, and so begins with a job at once."""
    ended: bool = False
    processor: float = 0.0
    """Seconds of processor time that the suite took, for benchmarks."""
    _closing: asyncio.Task[None] | None = None

    def send(self, command: Command) -> None:
        """Write a command to the process's standard input."""
        assert self.process.stdin
        self.process.stdin.write(encode_command(command))

    def place(self, exercise: Exercise) -> Place:
        """Return the paths of an exercise's files in the temporary folder."""
        folder = self.home / exercise.step
        return Place(
            suite=str(exercise.suite),
            file=str(folder / exercise.file.name),
            folder=str(folder),
            temporary=str(self.home / "tmp"),
            stack=str(self.home / "stack"),
        )

    async def end(self) -> None:
        """Kill the process tree, and wait until it has ended, `PATIENCE` seconds at most."""
        if self.ended:
            return
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        try:
            while self.tree.kill() or self.process.returncode is None:
                if loop.time() > until:
                    break
                await asyncio.sleep(PAUSE)
            self.ended = True
        finally:
            self._closing = asyncio.ensure_future(self._close_transport())

    async def _close_transport(self) -> None:
        """Close the pipes, once asyncio knows that the process has ended."""
        try:
            while self.process.returncode is None:  # noqa: ASYNC110 - the system makes it true
                await asyncio.sleep(PAUSE)
        finally:
            self.process._transport.close()  # type: ignore[attr-defined]

    async def close(self, pause: float = 0.0) -> None:
        """End the process tree after a pause (seconds), and remove the temporary folder."""
        try:
            await asyncio.sleep(pause)
            await self.end()
        finally:
            await asyncio.to_thread(remove_home, self.home, self.lock)


OpenWorkers = Callable[[Exercise], AbstractAsyncContextManager[Sequence[WorkerProcess]]]
"""Opens a worker process for an exercise, or two that share its suite; closes them at exit."""


@contextlib.asynccontextmanager
async def open_worker(exercise: Exercise) -> AsyncIterator[tuple[WorkerProcess]]:
    """Start a worker process for one check; close it on the way out.

    Raises OSError when the system starts no process.
    """
    started = await start_worker(exercise.root)
    try:
        yield (started,)
    finally:
        await started.close()


async def start_worker(root: Path) -> WorkerProcess:
    """Start a worker process in a session of its own, for the course in `root`.

    Raises OSError when the system starts no process.
    """
    tree = ProcessTree()
    home, lock = make_home()
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "workshop.runner",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=root,
            env=_environment(root, tree.mark),
            start_new_session=hasattr(os, "setsid"),
            limit=LINE_LIMIT,
        )
    except BaseException:
        remove_home(home, lock)
        raise
    tree.outer = process.pid
    return WorkerProcess(home, process, tree, lock)


def make_home() -> tuple[Path, IO[bytes]]:
    """Make a temporary folder; return its real path and its locked file.

    Raises OSError.
    """
    folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
    lock = (folder / LOCK_FILE).open("wb")
    with contextlib.suppress(OSError):
        try_lock(lock)
    return folder, lock


def remove_home(home: Path, lock: IO[bytes]) -> None:
    """Unlock and remove a temporary folder."""
    lock.close()  # first: elsewhere no open file can be removed
    shutil.rmtree(home, ignore_errors=True)


def remove_orphans() -> None:
    """Remove the temporary folders of workers whose course was killed: nobody has locked them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            mine = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
            if mine and not folder.is_symlink() and (folder / LOCK_FILE).is_file():
                with (folder / LOCK_FILE).open("r+b") as lock:
                    orphaned = try_lock(lock)
                if orphaned:
                    shutil.rmtree(folder, ignore_errors=True)


def _environment(root: Path, mark: str) -> dict[str, str]:
    """Return the environment of a worker process: this one's, without what changes a verdict."""
    kept = {n: v for n, v in os.environ.items() if not n.upper().startswith(DROPPED)}
    path = [str(root), *filter(None, [kept.get("PYTHONPATH")])]
    return {
        **kept,
        MARK: mark,
        "MALLOC_ARENA_MAX": "2",  # on Linux: threads then take little of the address space
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": os.pathsep.join(path),
    }
