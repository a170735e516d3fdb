"""The process in which a check runs, and all that comes out of it: started, watched, ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import psutil

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of one event; the recorder caps bodies far below."""
MARK = "WORKSHOP_CHECK"
"""Environment variable by which the children of a check are known, wherever they hide."""
UNWANTED = ("PYTEST_", "PYTHONBREAKPOINT", "PYTHONINSPECT", "PYTHONOPTIMIZE", "PYTHONWARNINGS")
"""Settings of a shell that would change a verdict: -O removes every assert, for example."""
PATIENCE = 0.3
"""Seconds in which a killed process is expected to be gone."""
PAUSE = 0.005
"""Seconds between two looks."""


class Family:
    """A process and all that came out of it, whatever session or parent they have by now.

    Only processes that began after this object was made are looked at, each of them once.
    """

    def __init__(self) -> None:
        self.mark = secrets.token_hex(8)
        self.head: int | None = None
        """The id of the process that the others come from."""
        self._known = set(psutil.pids())
        self._members: dict[int, psutil.Process] = {}

    def alive(self) -> list[psutil.Process]:
        """Return the members that run now, the oldest first."""
        for pid in sorted(set(psutil.pids()) - self._known):
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(pid)
                if self._belongs(process):
                    self._members[pid] = process
            self._known.add(pid)
        self._members = {pid: p for pid, p in self._members.items() if _runs(p)}
        return list(self._members.values())

    def resident(self) -> int:
        """Return the memory that all of them hold together (bytes)."""
        total = 0
        for process in self.alive():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def suspended(self) -> bool:
        """Say whether the first of them was put to sleep by a signal."""
        with contextlib.suppress(psutil.Error):
            return self.head is not None and psutil.Process(self.head).status() == "stopped"
        return False

    def kill(self) -> bool:
        """Kill whoever runs; return whether there was anybody."""
        if self.head is not None and hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self.head, signal.SIGKILL)
        alive = self.alive()
        for process in alive:
            with contextlib.suppress(psutil.Error):
                process.kill()
        return bool(alive)

    def _belongs(self, process: psutil.Process) -> bool:
        if process.pid == self.head or process.ppid() in self._members:
            return True
        if hasattr(os, "getpgid"):
            with contextlib.suppress(OSError):
                if self.head in {os.getpgid(process.pid), os.getsid(process.pid)}:
                    return True
        try:
            return process.environ().get(MARK) == self.mark
        except (psutil.Error, OSError):
            return False


@dataclass(frozen=True)
class Sandbox:
    """A process that waits for a job, and its family."""

    process: asyncio.subprocess.Process
    family: Family

    async def end(self) -> None:
        """Kill all of it, and wait until nobody is left, `PATIENCE` seconds at most."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        try:
            while self.family.kill() or self.process.returncode is None:
                if loop.time() > until:
                    break
                await asyncio.sleep(PAUSE)
        finally:
            self.process._transport.close()  # type: ignore[attr-defined]


@contextlib.asynccontextmanager
async def sandbox(root: Path) -> AsyncIterator[Sandbox]:
    """Start a process in a group of its own, for a course; on the way out nothing of it is left."""
    family = Family()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "workshop.sandbox",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=root,
        env=_environment(root, family.mark),
        start_new_session=hasattr(os, "setsid"),
        limit=LINE_LIMIT,
    )
    family.head = process.pid
    started = Sandbox(process, family)
    try:
        yield started
    finally:
        await started.end()


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


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
