"""Code that is checked signals no process but itself and those that it started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import sys
from collections.abc import Callable
from typing import Any

LANDLOCK_CREATE, LANDLOCK_RESTRICT = 444, 446
"""Linux: the numbers of the system's calls."""
SCOPED = 6
"""The version of Landlock that keeps signals within."""
SCOPE_SIGNAL = 2
NO_NEW_PRIVILEGES = 38
KILL_COMMANDS = re.compile(r"(?:^|[\s;&|(/])(?:p?kill|killall5?|skill|taskkill)(?:\.exe)?(?=\s|$)")
"""Programs that signal others, in a command for a shell."""
START_EVENTS = frozenset({"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.spawn"})
"""Audit events of programs that are started."""


def confine_signals() -> None:
    """Refuse, from now on, whatever signals a process that this one did not start.

    Python's own calls are refused by an error that says so. Programs and other ways are refused by
    the system, where it can (Landlock, Linux 6.12); elsewhere programs that are made to signal.
    """
    above, within = os.getppid(), _restrict_by_landlock()

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in {"os.kill", "os.killpg"}:
            number, sort = arguments
            mine = (
                _is_own_group(number, above)
                if event == "os.killpg"
                else _is_own_process(number, above)
            )
            _refuse(bool(sort) and not mine)
        elif event == "resource.prlimit":
            _refuse(arguments[0] not in {0, os.getpid()})
        elif event in START_EVENTS and not within:
            _refuse(bool(KILL_COMMANDS.search(_command_of(arguments))))

    sys.addaudithook(audit)
    if hasattr(signal, "pidfd_send_signal"):  # no event tells of it
        signal.pidfd_send_signal = _guarded(signal.pidfd_send_signal)


def _refuse(wrong: bool) -> None:
    if wrong:
        raise PermissionError("No check may signal a process that it did not start")


def _is_own_process(process: int, above: int) -> bool:
    """Say whether a process, or what else `os.kill` takes, is this one's own."""
    if process < -1:
        return _is_own_group(-process, above)
    return process >= 0 and (process in {0, os.getpid()} or _descends(process, above))


def _is_own_group(group: int, above: int) -> bool:
    """Say whether a group of processes is this one's own: it began with one of those."""
    return group in {0, os.getpgrp()} or _descends(group, above)


def _descends(process: int, above: int) -> bool:
    """Say whether a process came out of this one; `above` adopts those without a parent."""
    import psutil

    own, seen = {os.getpid(), above}, set()
    if process == above:
        return False
    while process > 1 and process not in seen:
        seen.add(process)
        try:
            process = psutil.Process(process).ppid()
        except psutil.NoSuchProcess:
            return len(seen) == 1  # then nobody is hit
        except psutil.Error:
            return False
        if process in own:
            return True
    return False


def _command_of(arguments: tuple[Any, ...]) -> str:
    """Return the command of an event, as a shell would read it."""
    found: list[str] = []
    for argument in arguments[:2]:
        parts = argument if isinstance(argument, list | tuple) else [argument]
        found += [
            os.fsdecode(part) for part in parts if isinstance(part, str | bytes | os.PathLike)
        ]
    return " ".join(found)


def _guarded(send: Callable[..., None]) -> Callable[..., None]:
    """Return what stands for `signal.pidfd_send_signal`."""

    def pidfd_send_signal(pidfd: int, sig: int, *rest: Any) -> None:
        _refuse(bool(sig))
        send(pidfd, sig, *rest)

    return pidfd_send_signal


def _restrict_by_landlock() -> bool:
    """Let the system keep signals of this process, and of all below, within; say whether it does.

    It counts for the calling thread, and for all that it starts.
    """
    if not has_signal_scope():
        return False
    with contextlib.suppress(OSError, AttributeError):
        system = ctypes.CDLL(None)
        rules = (ctypes.c_uint64 * 3)(0, 0, SCOPE_SIGNAL)  # neither files nor network: signals
        ruleset = system.syscall(LANDLOCK_CREATE, rules, ctypes.sizeof(rules), 0)
        if ruleset < 0:
            return False
        try:
            allowed = system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
            return bool(allowed and system.syscall(LANDLOCK_RESTRICT, ruleset, 0) == 0)
        finally:
            os.close(ruleset)
    return False


def has_signal_scope() -> bool:
    """Say whether the system can keep signals within."""
    if sys.platform != "linux":
        return False
    with contextlib.suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).syscall(LANDLOCK_CREATE, None, 0, 1) >= SCOPED)
    return False
