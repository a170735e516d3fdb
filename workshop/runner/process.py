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
from workshop.runner.messages import Order, Place, order_line
from workshop.runner.process_tree import MARK, Family

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of one event; the recorder caps bodies far below."""
UNWANTED = ("PYTEST_", "PYTHONBREAKPOINT", "PYTHONINSPECT", "PYTHONOPTIMIZE", "PYTHONWARNINGS")
"""Settings of a shell that would change a verdict: -O removes every assert, for example."""
PREFIX, HELD = "workshop-", "held"
"""How a check's folder begins, and the file in it that is locked as long as it is of use."""
PATIENCE = 0.3
"""Seconds in which a killed process is expected to be gone."""
PAUSE = 0.002
"""Seconds between two looks."""


@dataclass
class Sandbox:
    """A process that waits for a job, its family, and the folder for the job's files."""

    home: Path
    """Removed with whatever lies in it."""
    process: asyncio.subprocess.Process
    family: Family
    held: IO[bytes]
    """The lock that says whose folder it is."""
    ready: bool = False
    """Whether it has said that nothing but a job is missing: then it answers at once."""
    ended: bool = False
    processor: float = 0.0
    """Seconds of processor time that the suite took, for whoever measures."""
    _last: asyncio.Task[None] | None = None

    def say(self, order: Order) -> None:
        """Send an order to the process."""
        assert self.process.stdin
        self.process.stdin.write(order_line(order))

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
            while self.family.kill() or self.process.returncode is None:
                if loop.time() > until:
                    break
                await asyncio.sleep(PAUSE)
            self.ended = True
        finally:
            self._last = asyncio.ensure_future(self._let_go())

    async def _let_go(self) -> None:
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
            await asyncio.to_thread(_remove, self.home, self.held)


Opening = Callable[[Exercise], AbstractAsyncContextManager[Sequence[Sandbox]]]
"""Gives a process that waits for a job, or two that share it; later nothing of them is left."""


@contextlib.asynccontextmanager
async def sandbox(exercise: Exercise) -> AsyncIterator[tuple[Sandbox]]:
    """Start a process for one check; on the way out nothing of it is left."""
    started = await start(exercise.root)
    try:
        yield (started,)
    finally:
        await started.close()


async def start(root: Path) -> Sandbox:
    """Start a process in a group of its own, for a course."""
    family = Family()
    home, held = _home()
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "workshop.runner",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=root,
            env=_environment(root, family.mark),
            start_new_session=hasattr(os, "setsid"),
            limit=LINE_LIMIT,
        )
    except BaseException:
        _remove(home, held)
        raise
    family.outer = process.pid
    return Sandbox(home, process, family, held)


def _home() -> tuple[Path, IO[bytes]]:
    """Make a folder for what a check needs; return its real path, and the lock on it."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
    held = (folder / HELD).open("wb")
    with contextlib.suppress(OSError):
        take(held)
    return folder, held


def _remove(home: Path, held: IO[bytes]) -> None:
    held.close()  # first: elsewhere no open file can be removed
    shutil.rmtree(home, ignore_errors=True)


def tidy() -> None:
    """Remove the folders of checks whose course was killed; those of a running one stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            mine = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
            if mine and not folder.is_symlink() and (folder / HELD).is_file():
                with (folder / HELD).open("r+b") as held:
                    orphaned = take(held)
                if orphaned:
                    shutil.rmtree(folder, ignore_errors=True)


def _environment(root: Path, mark: str) -> dict[str, str]:
    """Return this process's environment without what would change a verdict."""
    kept = {n: v for n, v in os.environ.items() if not n.upper().startswith(UNWANTED)}
    path = [str(root), *filter(None, [kept.get("PYTHONPATH")])]
    return {
        **kept,
        MARK: mark,
        "MALLOC_ARENA_MAX": "2",  # on Linux: threads then take little of the address space
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": os.pathsep.join(path),
    }
