"""A process and all its descendants, also those that left its session or lost their parent."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal

import psutil

MARK = "WORKSHOP_CHECK"
"""Environment variable that marks the descendants of a worker process."""


class ProcessTree:
    """A process and its descendants, whatever session or parent they have by now.

    Only processes that began after this object was made are inspected, each of them once.
    """

    def __init__(self) -> None:
        self.mark = secrets.token_hex(8)
        self.outer: int | None = None
        """The id of the process that was started, which is the subreaper where there is a fork."""
        self.inner: int | None = None
        """The id of the worker, which runs the checks: a child of `outer` where there is a fork."""
        self._known = set(psutil.pids())
        self._members: dict[int, psutil.Process] = {}
        self._ever: set[int] = set()
        """The ids of all processes that ever were members."""

    @property
    def head(self) -> int | None:
        """The id of the worker as soon as it is known, else that of `outer`."""
        return self.inner or self.outer

    def restart(self, inner: int) -> None:
        """Forget the members: of all processes that run now only `outer` and `inner` belong."""
        self.inner = inner
        self._ever |= {inner, self.outer or inner}
        self._known = set(psutil.pids()) - {self.outer, inner}

    def alive(self) -> list[psutil.Process]:
        """Find new members; return those that run now, the oldest first."""
        for pid in sorted(set(psutil.pids()) - self._known):
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(pid)
                if self._belongs(process):
                    self._members[pid] = process
                    self._ever.add(pid)
                    if self.inner is None and pid != self.outer:
                        self.inner = pid
            self._known.add(pid)
        self._members = {pid: p for pid, p in self._members.items() if _runs(p)}
        return list(self._members.values())

    def resident(self) -> int:
        """Return the resident memory (bytes) of all members that `alive` has found."""
        total = 0
        for process in self._members.values():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def suspended(self) -> bool:
        """Return whether the worker is stopped by a signal (SIGSTOP)."""
        first = self.head
        with contextlib.suppress(psutil.Error):
            return first is not None and psutil.Process(first).status() == psutil.STATUS_STOPPED
        return False

    def kill(self) -> bool:
        """Kill the members that run, `outer` last; return whether there was one.

        `outer` adopts processes that lose their parent, so it is needed until they have ended.
        """
        alive = self.alive()
        others = [process for process in alive if process.pid != self.outer]
        if self.inner is not None and hasattr(os, "killpg") and others:
            with contextlib.suppress(OSError):
                os.killpg(self.inner, signal.SIGKILL)
        for process in others or alive:
            with contextlib.suppress(psutil.Error):
                process.kill()
        return bool(alive)

    def _belongs(self, process: psutil.Process) -> bool:
        if process.pid == self.outer or process.ppid() in self._members:
            return True
        if hasattr(os, "getpgid"):
            with contextlib.suppress(OSError):
                if self._ever & {os.getpgid(process.pid), os.getsid(process.pid)}:
                    return True
        try:
            return process.environ().get(MARK) == self.mark
        except (psutil.Error, OSError):
            return False


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
