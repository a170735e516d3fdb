"""The process in which a check runs: started with a folder of its own, ended with all it made."""

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
from workshop.course.files import take
from workshop.runner.messages import Command, Place, encode_command
from workshop.runner.process_tree import MARK, ProcessTree

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of one event; the recorder caps bodies far below."""
DROPPED = ("PYTEST_", "PYTHONBREAKPOINT", "PYTHONINSPECT", "PYTHONOPTIMIZE", "PYTHONWARNINGS")
"""Settings of a shell that would change a verdict: -O removes every assert, for example."""
PREFIX, LOCK_FILE = "workshop-", "held"
"""How a check's folder begins, and the file in it that is locked as long as it is of use."""
PATIENCE = 0.3
"""Seconds in which a killed process is expected to be gone."""
PAUSE = 0.002
"""Seconds between two looks."""


@dataclass
class WorkerProcess:
    """A process that waits for a job, its family, and the folder for the job's files."""

    home: Path
    """Removed with whatever lies in it."""
    process: asyncio.subprocess.Process
    tree: ProcessTree
    lock: IO[bytes]
    """The lock that says whose folder it is."""
    ready: bool = False
    """Whether it has said that nothing but a job is missing: then it answers at once."""
    ended: bool = False
    processor: float = 0.0
    """Seconds of processor time that the suite took, for whoever measures."""
    _closing: asyncio.Task[None] | None = None

    def send(self, command: Command) -> None:
        """Send an order to the process."""
        assert self.process.stdin
        self.process.stdin.write(encode_command(command))

    def place(self, exercise: Exercise) -> Place:
        """Return where a check of an exercise finds its files."""
        folder = self.home / exercise.step
        return Place(
            suite=str(exercise.suite),
            file=str(folder / exercise.file.name),
            folder=str(folder),
            temporary=str(self.home / "tmp"),
            stack=str(self.home / "stack"),
        )

    async def end(self) -> None:
        """Kill all of it, and wait until nobody is left, `PATIENCE` seconds at most."""
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
        """Close what leads to the process, once asyncio knows that it has ended."""
        try:
            while self.process.returncode is None:  # noqa: ASYNC110 - the system makes it true
                await asyncio.sleep(PAUSE)
        finally:
            self.process._transport.close()  # type: ignore[attr-defined]

    async def close(self, pause: float = 0.0) -> None:
        """End it, after a pause (seconds), and remove its folder."""
        try:
            await asyncio.sleep(pause)
            await self.end()
        finally:
            await asyncio.to_thread(remove_home, self.home, self.lock)


OpenWorkers = Callable[[Exercise], AbstractAsyncContextManager[Sequence[WorkerProcess]]]
"""Gives a process that waits for a job, or two that share it; later nothing of them is left."""


@contextlib.asynccontextmanager
async def open_worker(exercise: Exercise) -> AsyncIterator[tuple[WorkerProcess]]:
    """Start a process for one check; on the way out nothing of it is left."""
    started = await start_worker(exercise.root)
    try:
        yield (started,)
    finally:
        await started.close()


async def start_worker(root: Path) -> WorkerProcess:
    """Start a process in a group of its own, for a course."""
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
    """Make a folder for what a check needs; return its real path, and the lock on it."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
    lock = (folder / LOCK_FILE).open("wb")
    with contextlib.suppress(OSError):
        take(lock)
    return folder, lock


def remove_home(home: Path, lock: IO[bytes]) -> None:
    lock.close()  # first: elsewhere no open file can be removed
    shutil.rmtree(home, ignore_errors=True)


def remove_orphans() -> None:
    """Remove the folders of checks whose course was killed; those of a running one stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            mine = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
            if mine and not folder.is_symlink() and (folder / LOCK_FILE).is_file():
                with (folder / LOCK_FILE).open("r+b") as lock:
                    orphaned = take(lock)
                if orphaned:
                    shutil.rmtree(folder, ignore_errors=True)


def _environment(root: Path, mark: str) -> dict[str, str]:
    """Return this process's environment without what would change a verdict."""
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
