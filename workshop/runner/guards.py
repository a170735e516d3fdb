"""A pytest plugin that guards a run: time and memory limits, protected files, integrity checks."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from workshop.course import ROOT
from workshop.recorder.output import CapturedOutput
from workshop.runner import integrity
from workshop.runner.limits import FILE_LIMIT
from workshop.runner.protocol import (
    COURSE,
    Channel,
    End,
    Job,
    Start,
    Trouble,
    Unguarded,
    Violations,
)
from workshop.runner.signal_guard import confine_signals
from workshop.runner.stack_sampler import Sampler, from_traceback

FORKED = (
    "Your code made a copy of the whole process, server and all (os.fork)."
    " Take the call out: asyncio serves many at once without it."
)
CAN_FOLLOW = sys.platform == "linux"
"""Whether the process tree finds a program that has left its session and its parent."""
NOT_FOLLOWED = (
    "\n(Your code started a program. On this system one that leaves its session cannot be followed:"
    " see whether it still runs.)\n"
)
WRITE_EVENTS = frozenset(
    {f"os.{verb}" for verb in ("chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir")}
    | {"os.symlink", "os.truncate", "shutil.move", "shutil.rmtree", "sqlite3.connect"}
)
"""Audit events whose first one or two arguments are paths that will be changed."""
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


PROGRAM_EVENTS = frozenset(
    {"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork", "os.forkpty"}
    | {"pty.spawn", "ctypes.dlopen"}
)
"""Audit events of programs and C code, to which no audit hook of this process applies."""


class GuardPlugin:
    """Sets the limits right before the learner's code runs, and sends events about violations.

    `job` returns the job; it is called after the collection, before the learner's code runs.
    """

    def __init__(self, job: Callable[[], Job], channel: Channel, printed: CapturedOutput) -> None:
        self._receive_job = job
        self._memory = 0
        """Bytes of address space after a failure."""
        self._began = 0.0
        self._channel = channel
        self._printed = printed
        self._before: integrity.Snapshot | None = None
        self._reported: list[str] = []
        self._programs = False

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Send that the suite cannot be collected: a fault of the course."""
        if report.failed:
            self._channel.send(Trouble(COURSE, str(report.longrepr)))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Get the job, set limits and guards, take a snapshot, and start the clock."""
        packages = integrity.guarded()
        job, self._began = self._receive_job(), time.process_time()
        deselected = job.deselected
        session.items[:] = [i for i in session.items if i.name.partition("[")[0] not in deselected]
        stack = open(job.place.stack, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        self._memory = job.memory + job.reserve
        limit_resources(job.memory)
        confine_signals()
        protect_course(ROOT, Path(job.place.folder).parent, self._report_unguarded)
        Sampler(self._channel.send, job.seconds).start()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_parent=self._forked)
        self._before = integrity.snapshot(packages)
        faulthandler.enable(stack)
        faulthandler.dump_traceback_later(job.seconds, exit=True, file=stack)
        self._channel.send(Start(os.getpid(), threading.main_thread().ident or 0))

    def _report_unguarded(self, event: str) -> None:
        """Send that the code does what the guards cannot follow, such as starting a program."""
        self._programs = self._programs or event in PROGRAM_EVENTS
        self._channel.send(Unguarded())

    def _forked(self) -> None:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if not str(caller).startswith("multiprocessing."):
            self._report([FORKED])

    def _report(self, violations: list[str]) -> None:
        """Send new violations at once, each of them once: the suite may never end."""
        new = [sentence for sentence in violations if sentence not in self._reported]
        if new:
            self._reported += new
            self._channel.send(Violations(tuple(new)))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        """Look for tampering once for each check, before its fixtures are torn down."""
        if call.excinfo:  # a report needs memory, which may be used up
            limit_resources(self._memory)
        if self._before and (call.excinfo or call.when == "call"):
            self._report(integrity.tampering(self._before))
        return (yield)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Send that the code stopped the run, by pytest.exit() or KeyboardInterrupt."""
        name = "pytest.exit()" if excinfo.errisinstance(pytest.exit.Exception) else excinfo.typename
        found = from_traceback(excinfo.tb)
        if found.busy:
            self._channel.send(found)
        self._channel.send(Trouble("interrupt", name))

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Send an internal error of pytest, and any tampering before it."""
        if self._before:
            self._report(integrity.tampering(self._before))
        self._channel.send(Trouble("stumbled", excinfo.exconly()))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Send the output outside of the checks, and everything that is not as in the snapshot."""
        if self._before:
            self._report(integrity.compare(self._before))
        pool = integrity.pool_processes()
        took = time.process_time() - self._began
        output = self._printed.text() + (NOT_FOLLOWED if self._programs and not CAN_FOLLOW else "")
        self._channel.send(End(output, tuple(pool), took))


def limit_resources(memory: int) -> None:
    """Limit the address space (bytes), the size of files and core dumps, where the system can."""
    with contextlib.suppress(ImportError):
        import resource

        for kind, value in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, FILE_LIMIT),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))


def protect_course(root: Path, place: Path, unguarded: Callable[[str], None]) -> None:
    """Refuse writes below `root`, except below `place` and in `__pycache__`, from now on.

    The learner's code runs on a copy, so it gets there only by an absolute path, by accident. An
    audit hook raises PermissionError then. `unguarded` is called, once for each audit event, when
    the code does what the hook cannot follow: programs, database addresses, open folders.
    """
    reported: set[str] = set()

    def report(event: str) -> None:
        if event not in reported:
            reported.add(event)
            unguarded(event)

    course, own = os.path.realpath(root) + os.sep, os.path.realpath(place) + os.sep

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            flags = arguments[2] if len(arguments) > 2 else 0
            paths = arguments[:1] if isinstance(flags, int) and flags & WRITE_FLAGS else ()
            if not paths and arguments[1] is None and _is_course_folder(arguments[0], course):
                report(event)
        elif event in PROGRAM_EVENTS:
            report(event)
            return
        elif event in WRITE_EVENTS:
            paths = arguments[:2]
            if event == "sqlite3.connect" and str(arguments[0])[:5] in {"file:", "b'fil"}:
                report(event)
        else:
            return
        for path in paths:
            if isinstance(path, str | bytes | os.PathLike):
                full = os.path.realpath(os.fsdecode(path))
                inside = full.startswith(course) and not full.startswith(own)
                if inside and "__pycache__" not in full:
                    name = full.removeprefix(course)
                    raise PermissionError(f"{name} is the course's own: no check may change it")

    sys.addaudithook(audit)


def _is_course_folder(path: object, course: str) -> bool:
    """Return whether this is a folder of the course: its descriptor gives access to all in it."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    full = os.path.realpath(os.fsdecode(path))
    return f"{full}{os.sep}".startswith(course) and os.path.isdir(full)  # noqa: PTH112
