"""The process between checker and worker: it takes signals to the parent and adopts orphans.

It forks the worker, waits for its end, kills what the worker left behind, and ends with the same
exit code or signal. It imports nothing of the engine and runs no code of the learner.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator

DONE = 90
"""Exit code of a worker that has sent all its events; the subreaper ends with 0 then."""
LINGER = 0.5
"""Seconds that orphans are left alive then: the checker reports them."""
PAUSE = 0.01
SUBREAPER = 36
"""Linux: PR_SET_CHILD_SUBREAPER. A descendant that loses its parent becomes a child of ours."""
PARENT_DEATH = 1
"""Linux: PR_SET_PDEATHSIG. The signal that a process gets when its parent has ended."""


def fork_worker() -> None:
    """Fork; return in the child, which has a session of its own. The parent never returns.

    On Windows, which has no fork, nothing happens.
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
    """Close the inherited pipes, so that they end when the child ends."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(null, number)


def _wait_for(child: int) -> int:
    """Wait for the child, and reap adopted processes meanwhile; return the child's wait status."""
    while True:
        process, status = os.waitpid(-1, 0)
        if process == child:
            return status


def _reap(until: float) -> None:
    """Wait for all children; kill those that run after `until` (monotonic seconds)."""
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
    """End with the exit code of a wait status, or by the same signal."""
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
