"""The clock and the guards around the learner's code, as a plugin of pytest."""

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
from workshop.recorder.output import Printed
from workshop.runner import integrity
from workshop.runner.messages import (
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

FILE_LIMIT = 64 * 1024 * 1024
"""Bytes that a single file may grow to."""
FORKED = (
    "Your code made a copy of the whole process, server and all (os.fork)."
    " Take the call out: asyncio serves many at once without it."
)
CAN_FOLLOW = sys.platform == "linux"
"""Whether a program that leaves its session and its parent can be followed."""
NOT_FOLLOWED = (
    "\n(Your code started a program. On this system one that leaves its session cannot be followed:"
    " see whether it still runs.)\n"
)
WRITE_EVENTS = frozenset(
    {f"os.{verb}" for verb in ("chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir")}
    | {"os.symlink", "os.truncate", "shutil.move", "shutil.rmtree", "sqlite3.connect"}
)
"""Audit events whose first arguments are paths that will be changed."""
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


PROGRAM_EVENTS = frozenset(
    {"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork", "os.forkpty"}
    | {"pty.spawn", "ctypes.dlopen"}
)
"""Audit events of what is not held back."""


class GuardPlugin:
    """Starts the clock when the learner's code comes, and tells what is not as it was.

    `job` gives the job, at the latest moment at which nothing of the learner's has run.
    """

    def __init__(self, job: Callable[[], Job], channel: Channel, printed: Printed) -> None:
        self._receive_job = job
        self._memory = 0
        """Bytes of address space once something failed."""
        self._began = 0.0
        self._channel = channel
        self._printed = printed
        self._before: integrity.Snapshot | None = None
        self._reported: list[str] = []
        self._programs = False

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Tell that the suite cannot be read: the learner's code has not run yet."""
        if report.failed:
            self._channel.send(Trouble(COURSE, str(report.longrepr)))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Start the clock, and remember how things are: now the learner's code comes."""
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
        """Tell that the code has a way past the guards, such as a program."""
        self._programs = self._programs or event in PROGRAM_EVENTS
        self._channel.send(Unguarded())

    def _forked(self) -> None:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if not str(caller).startswith("multiprocessing."):
            self._report([FORKED])

    def _report(self, violations: list[str]) -> None:
        """Tell what was left behind, each thing once and at once: there may be no end."""
        new = [sentence for sentence in violations if sentence not in self._reported]
        if new:
            self._reported += new
            self._channel.send(Violations(tuple(new)))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        """Look at what the checks rely on, once for each check, before its app is gone."""
        if call.excinfo:  # perhaps the memory is used up
            limit_resources(self._memory)
        if self._before and (call.excinfo or call.when == "call"):
            self._report(integrity.tampering(self._before))
        return (yield)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Tell that the whole run was stopped from inside."""
        name = "pytest.exit()" if excinfo.errisinstance(pytest.exit.Exception) else excinfo.typename
        found = from_traceback(excinfo.tb)
        if found.busy:
            self._channel.send(found)
        self._channel.send(Trouble("interrupt", name))

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Tell that pytest itself stumbled, and what the learner's code did to it."""
        if self._before:
            self._report(integrity.tampering(self._before))
        self._channel.send(Trouble("stumbled", excinfo.exconly()))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Tell what was printed outside the checks, and what is not as it was."""
        if self._before:
            self._report(integrity.compare(self._before))
        pool = integrity.pool_processes()
        took = time.process_time() - self._began
        output = self._printed.text() + (NOT_FOLLOWED if self._programs and not CAN_FOLLOW else "")
        self._channel.send(End(output, tuple(pool), took))


def limit_resources(memory: int) -> None:
    """Cap the address space (bytes) and the size of files, where the system can do so."""
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
    """Refuse, from now on, to write below `root`, except below `place` and in `__pycache__`.

    Whoever tries gets a PermissionError. It lasts as long as the process; programs that the
    process starts are not held back: `reached` hears, once, of each such way.
    """
    reported: set[str] = set()

    def send(event: str) -> None:
        if event not in reported:
            reported.add(event)
            unguarded(event)

    course, own = os.path.realpath(root) + os.sep, os.path.realpath(place) + os.sep

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            flags = arguments[2] if len(arguments) > 2 else 0
            paths = arguments[:1] if isinstance(flags, int) and flags & WRITE_FLAGS else ()
            if not paths and arguments[1] is None and _is_course_folder(arguments[0], course):
                send(event)
        elif event in PROGRAM_EVENTS:
            send(event)
            return
        elif event in WRITE_EVENTS:
            paths = arguments[:2]
            if event == "sqlite3.connect" and str(arguments[0])[:5] in {"file:", "b'fil"}:
                send(event)
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
    """Say whether this is a folder of the course: its descriptor leads to whatever is in it."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    full = os.path.realpath(os.fsdecode(path))
    return f"{full}{os.sep}".startswith(course) and os.path.isdir(full)  # noqa: PTH112
