"""Refuse signals from the worker to processes that it did not start."""

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
"""Linux: numbers of the system calls landlock_create_ruleset and landlock_restrict_self."""
SCOPED = 6
"""The first version of Landlock that restricts signals."""
SCOPE_SIGNAL = 2
NO_NEW_PRIVILEGES = 38
KILL_COMMANDS = re.compile(r"(?:^|[\s;&|(/])(?:p?kill|killall5?|skill|taskkill)(?:\.exe)?(?=\s|$)")
"""Programs that send signals, in a shell command."""
START_EVENTS = frozenset({"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.spawn"})
"""Audit events of starting a program."""


def confine_signals() -> None:
    """Refuse, from now on, signals to any process that this one did not start.

    In calls of Python an audit hook raises PermissionError. Programs and C code are refused by the
    system where it can do so (Landlock, Linux 6.12); elsewhere the hook refuses to start programs
    such as kill.
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
    if hasattr(signal, "pidfd_send_signal"):  # it raises no audit event
        signal.pidfd_send_signal = _guarded(signal.pidfd_send_signal)


def _refuse(wrong: bool) -> None:
    if wrong:
        raise PermissionError("No check may signal a process that it did not start")


def _is_own_process(process: int, above: int) -> bool:
    """Return whether the argument of `os.kill` means this process or its descendants."""
    if process < -1:
        return _is_own_group(-process, above)
    return process >= 0 and (process in {0, os.getpid()} or _descends(process, above))


def _is_own_group(group: int, above: int) -> bool:
    """Return whether a process group is this process's own, or that of a descendant."""
    return group in {0, os.getpgrp()} or _descends(group, above)


def _descends(process: int, above: int) -> bool:
    """Return whether a process is a descendant; `above` (the subreaper) adopts orphans."""
    import psutil

    own, seen = {os.getpid(), above}, set()
    if process == above:
        return False
    while process > 1 and process not in seen:
        seen.add(process)
        try:
            process = psutil.Process(process).ppid()
        except psutil.NoSuchProcess:
            return len(seen) == 1  # it has ended: no process gets the signal
        except psutil.Error:
            return False
        if process in own:
            return True
    return False


def _command_of(arguments: tuple[Any, ...]) -> str:
    """Return the command line in the arguments of an audit event."""
    found: list[str] = []
    for argument in arguments[:2]:
        parts = argument if isinstance(argument, list | tuple) else [argument]
        found += [
            os.fsdecode(part) for part in parts if isinstance(part, str | bytes | os.PathLike)
        ]
    return " ".join(found)


def _guarded(send: Callable[..., None]) -> Callable[..., None]:
    """Return a replacement for `signal.pidfd_send_signal` that refuses signals."""

    def pidfd_send_signal(pidfd: int, sig: int, *rest: Any) -> None:
        _refuse(bool(sig))
        send(pidfd, sig, *rest)

    return pidfd_send_signal


def _restrict_by_landlock() -> bool:
    """Restrict signals of the calling thread and of all that it starts by Landlock.

    Returns whether the system does so.
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
    """Return whether the system's Landlock can restrict signals."""
    if sys.platform != "linux":
        return False
    with contextlib.suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).syscall(LANDLOCK_CREATE, None, 0, 1) >= SCOPED)
    return False
