"""The process in between: what is meant for the parent meets it, whoever is left behind is its.

It has read nothing of the course, runs nothing of the learner's and speaks to nobody.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator

DONE = 90
"""Exit code of a process that has told all there is to tell."""
LINGER = 0.5
"""Seconds that programs are kept then, if they were left behind: the checker looks for them."""
PAUSE = 0.01
SUBREAPER = 36
"""Linux: PR_SET_CHILD_SUBREAPER. Whoever loses its parent below gets this process for one."""
PARENT_DEATH = 1
"""Linux: PR_SET_PDEATHSIG. The signal that comes when the parent is gone."""


def fork_worker() -> None:
    """Go on in a child, in a session of its own; the process itself ends as that child does.

    Where there is no fork, nothing happens.
    """
    if sys.platform == "win32":
        return
    child = os.fork()
    if child == 0:
        os.setsid()
        _control(PARENT_DEATH, signal.SIGKILL)
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    _control(SUBREAPER, 1)
    _close_pipes()
    status = _wait_for(child)
    over = os.WIFEXITED(status) and os.WEXITSTATUS(status) == DONE
    _reap(time.monotonic() + (LINGER if over else 0.0))
    _exit_like(0 if over else status)


def _control(option: int, value: int) -> None:
    """Set an option of this process, where the system knows it."""
    if sys.platform == "linux":
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _close_pipes() -> None:
    """Let go of the pipes: they end when the child ends."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)


def _wait_for(child: int) -> int:
    """Wait for the child, and for whoever was adopted meanwhile; return how it ended."""
    while True:
        process, status = os.waitpid(-1, 0)
        if process == child:
            return status


def _reap(until: float) -> None:
    """Wait until nobody is left; then kill whoever is."""
    with contextlib.suppress(ChildProcessError):
        while True:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                if time.monotonic() > until:
                    for process in _children():
                        os.kill(process, signal.SIGKILL)
                time.sleep(PAUSE)


def _children() -> Iterator[int]:
    """Yield the ids of this process's children."""
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():  # noqa: PTH112, PTH208
        with contextlib.suppress(OSError, ValueError):
            with open(f"/proc/{int(name)}/stat", "rb") as file:  # noqa: PTH123
                state = file.read().rpartition(b")")[2].split()
            if int(state[1]) == os.getpid():
                yield int(name)


def _exit_like(status: int) -> None:
    """End with the exit code that a child ended with, or by the same signal."""
    if not os.WIFSIGNALED(status):
        os._exit(os.WEXITSTATUS(status))
    import resource

    number = os.WTERMSIG(status)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
    os.kill(os.getpid(), number)
    os._exit(128 + number)
