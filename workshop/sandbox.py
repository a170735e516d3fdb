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
from pathlib import Path
from typing import Any

import pytest
import pytest_aiohttp.plugin
import pytest_asyncio.plugin

from workshop import leftovers
from workshop.course import ROOT
from workshop.output import OutputLimitError, Printed
from workshop.recorder import Recorder
from workshop.report import Check, to_data

PLUGINS = (pytest_asyncio.plugin, pytest_aiohttp.plugin)
"""The only ones a suite needs; looking for others takes longer than running most suites."""
FILE_LIMIT = 64 * 1024 * 1024
"""Bytes that a single file may grow to."""


class Channel:
    """The way out: JSON lines on what was standard output, each with the job's word."""

    def __init__(self) -> None:
        self._pipe = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
        os.set_inheritable(self._pipe.fileno(), False)
        os.dup2(2, 1)
        self._pid = os.getpid()
        self.word = ""

    def tell(self, kind: str, what: Any) -> None:
        """Send an event; a forked copy of the process stays silent."""
        if os.getpid() == self._pid:
            data = to_data(what) if isinstance(what, Check) else what
            self._pipe.write(json.dumps({"word": self.word, "kind": kind, "what": data}) + "\n")
            self._pipe.flush()


class Ending:
    """A pytest plugin that tells the end before pytest cleans up, and what was left behind."""

    def __init__(self, channel: Channel, printed: Printed) -> None:
        self._channel = channel
        self._printed = printed
        self._before: leftovers.Snapshot | None = None
        self._forks = 0
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_parent=self._forked)

    def _forked(self) -> None:
        self._forks += 1

    def pytest_collection_finish(self) -> None:
        """Remember how things are before the learner's code runs for the first time."""
        self._before = leftovers.snapshot()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Tell what was printed outside the checks, and what is not as it was."""
        left = leftovers.compare(self._before) if self._before else []
        if self._forks:
            left.append("Your code made a copy of the whole process (os.fork). Use asyncio instead.")
        self._channel.tell("end", {"left": left, "output": self._printed.text()})


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
                resource.setrlimit(kind, (value, value))


def arguments(suite: str, folder: str) -> list[str]:
    """Return what pytest is called with: one suite, nothing printed, nothing cached."""
    unused = ("terminal", "cacheprovider", "doctest", "junitxml", "stepwise", "faulthandler", "capture")
    return [
        suite,
        f"--tree={folder}",
        f"--rootdir={ROOT}",
        f"--config-file={ROOT / 'pyproject.toml'}",
        *(word for name in unused for word in ("-p", f"no:{name}")),
    ]


def main() -> None:
    """Wait for a job on standard input, do it, and end without waiting for what still runs."""
    channel = Channel()
    job = json.loads(sys.stdin.readline())
    channel.word = job["word"]
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115, PTH123
    sys.argv = [job["suite"]]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    folder = Path(job["folder"])
    os.chdir(folder)
    limit(job["memory"])
    stack = open(job["stack"], "w", encoding="utf-8")  # noqa: SIM115, PTH123
    faulthandler.dump_traceback_later(max(0.1, job["seconds"] - 0.15), file=stack)
    printed = Printed()
    ending = Ending(channel, printed)
    recorder = Recorder(channel.tell, job["seconds"] - 0.3)
    channel.tell("start", None)
    with contextlib.redirect_stdout(printed), contextlib.suppress(OutputLimitError):
        code = pytest.main(
            arguments(job["suite"], job["folder"]), plugins=[*PLUGINS, _Named(recorder), ending]
        )
    channel.tell("over", int(code))
    os._exit(0)


class _Named:
    """Registers the recorder under the name by which the fixtures find it."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Register it before the course's conftest looks for one."""
        config.pluginmanager.register(self._recorder, Recorder.NAME)


if __name__ == "__main__":
    main()
