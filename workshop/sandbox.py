"""The inside of a check: a process of its own that waits for one job, runs one suite and is gone.

It is started by the checker, which keeps the time and ends it. What it has to say goes through
a channel that the learner's `print` does not reach, each line signed with the job's word.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import sys
import tempfile
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import pytest_aiohttp.plugin
import pytest_asyncio.plugin

from workshop import leftovers
from workshop.channel import Channel
from workshop.course import ROOT
from workshop.mishaps import COURSE
from workshop.output import NoKeyboard, Printed
from workshop.protection import protect
from workshop.recorder import Recorder
from workshop.whereabouts import Watch

PLUGINS = (pytest_asyncio.plugin, pytest_aiohttp.plugin)
"""The only ones a suite needs; looking for others takes longer than running most suites."""
UNUSED = (
    *("cacheprovider", "capture", "debugging", "doctest"),
    *("faulthandler", "junitxml", "stepwise", "terminal"),
)
"""Plugins of pytest's own that a check can do without."""
FILE_LIMIT = 64 * 1024 * 1024
"""Bytes that a single file may grow to."""
FORKED = (
    "Your code made a copy of the whole process, server and all (os.fork)."
    " Take the call out: asyncio serves many at once without it."
)


class Frame:
    """A pytest plugin: the clock and the guards around the learner's code."""

    def __init__(self, job: dict[str, Any], channel: Channel, printed: Printed) -> None:
        self._job = job
        self._channel = channel
        self._printed = printed
        self._stack = open(job["stack"], "w", encoding="utf-8")  # noqa: SIM115, PTH123
        self._before: leftovers.Snapshot | None = None
        self._left: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Tell that the suite cannot be read: the learner's code has not run yet."""
        if report.failed:
            self._channel.tell("trouble", (COURSE, str(report.longrepr)))

    def pytest_collection_finish(self) -> None:
        """Start the clock, and remember how things are: now the learner's code comes."""
        limit(self._job["memory"])
        protect(ROOT, Path(self._job["folder"]).parent)
        Watch(self._channel.tell, self._job["seconds"]).start()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_parent=self._forked)
        self._before = leftovers.snapshot()
        faulthandler.enable(self._stack)
        faulthandler.dump_traceback_later(self._job["seconds"], exit=True, file=self._stack)
        who = {"process": os.getpid(), "thread": threading.main_thread().ident}
        self._channel.tell("start", who)

    def _forked(self) -> None:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if not str(caller).startswith("multiprocessing."):
            self._note([FORKED])

    def _note(self, left: list[str]) -> None:
        """Tell what was left behind, each thing once and at once: there may be no end."""
        new = [sentence for sentence in left if sentence not in self._left]
        if new:
            self._left += new
            self._channel.tell("left", new)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        """Look at what the checks rely on, after each phase of a check, before the app is gone."""
        if call.excinfo:  # perhaps the memory is used up
            limit(self._job["memory"] + self._job["reserve"])
        if self._before:
            self._note(leftovers.meddled(self._before))
        return (yield)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Tell that the whole run was stopped from inside."""
        name = "pytest.exit()" if excinfo.errisinstance(pytest.exit.Exception) else excinfo.typename
        self._channel.tell("trouble", ("interrupt", name))

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Tell that pytest itself stumbled, and what the learner's code did to it."""
        if self._before:
            self._note(leftovers.meddled(self._before))
        self._channel.tell("trouble", ("stumbled", excinfo.exconly()))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Tell what was printed outside the checks, and what is not as it was."""
        if self._before:
            self._note(leftovers.compare(self._before))
        pool = leftovers.pool_processes()
        self._channel.tell("end", {"output": self._printed.text(), "pool": pool})


class _Named:
    """Registers the recorder under the name by which the fixtures find it."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Register it before the course's conftest looks for one."""
        config.pluginmanager.register(self._recorder, Recorder.NAME)
        config.option.tbstyle = "no"  # nobody reads pytest's own; quoting source takes long


def limit(memory: int) -> None:
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


def arguments(suite: str, folder: str) -> list[str]:
    """Return what pytest is called with: one suite, nothing printed, nothing cached."""
    return [
        suite,
        f"--tree={folder}",
        f"--rootdir={ROOT}",
        f"--config-file={ROOT / 'pyproject.toml'}",
        *(word for name in UNUSED for word in ("-p", f"no:{name}")),
    ]


def prepare(job: dict[str, Any]) -> None:
    """Make the process look as the learner's code expects it: folder, arguments, no keyboard."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    sys.stdin = NoKeyboard()
    sys.argv = [job["file"]]
    sys.breakpointhook = no_debugger
    tempfile.tempdir = job["temporary"]
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), job["temporary"]))
    os.chdir(job["folder"])


def no_debugger(*_: object, **__: object) -> NoReturn:
    """Stand in for the debugger, which would wait for a key."""
    raise EOFError("breakpoint() waits for a key, and a check has no keyboard")


def do(job: dict[str, Any], channel: Channel) -> NoReturn:
    """Run one suite, tell all that is to be known, and end without waiting for what still runs."""
    channel.open(job["word"])
    prepare(job)
    printed = Printed()
    recorder = Recorder(channel.tell)
    plugins = [*PLUGINS, _Named(recorder), Frame(job, channel, printed)]
    try:
        with contextlib.redirect_stdout(printed):
            code = pytest.main(arguments(job["suite"], job["folder"]), plugins)
    except BaseException as error:
        channel.tell("trouble", ("stumbled", f"{type(error).__name__}: {error}"))
    else:
        channel.tell("over", int(code))
    os._exit(0)


def main() -> None:
    """Wait for a job on standard input, one line of JSON, and do it."""
    channel = Channel()
    line = sys.stdin.readline()
    if line:  # otherwise the checker is gone
        do(json.loads(line), channel)


if __name__ == "__main__":
    main()
