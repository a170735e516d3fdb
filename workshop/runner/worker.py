"""The worker process: receives a job, runs its suite with pytest, and sends events while it runs.

A warm worker first imports what suites need, runs the suite on sources of the course, and collects
it; then it waits for the job. Events go through a `Channel` that the learner's `print` does not
reach.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import itertools
import linecache
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from workshop.advice.catalogue import CATALOGUE
from workshop.advice.explain import explain
from workshop.recorder.output import CapturedOutput, NoStdin
from workshop.recorder.plugin import Recorder
from workshop.recorder.run_suite import run_suite
from workshop.report import make_ready
from workshop.report.comparison import exception_text
from workshop.runner import integrity
from workshop.runner.guards import GuardPlugin
from workshop.runner.protocol import (
    EVENTS,
    Channel,
    Event,
    Job,
    Place,
    PytestExit,
    Trouble,
    WarmUp,
    encode_event,
)
from workshop.runner.subreaper import DONE

LIBRARIES = (
    *("aiohttp_jinja2", "aiohttp_remotes", "aiohttp_session", "aiosqlite", "cryptography.fernet"),
    *("jinja2", "PIL.Image", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "PIL.WebPImagePlugin"),
    *("sqlite3", "trustme", "workshop.mutation.judge"),
)
"""Modules that some suite needs and that take long to import; a missing one is skipped."""
COURSE_PACKAGES = ("conftest", "exercises", "solutions", "steps")
"""Top-level modules of the course, which are imported again for each check."""


def main() -> None:
    """Receive a command, warm up if it says so, run the job, and end the process."""
    channel = Channel()
    first = channel.receive()
    if isinstance(first, WarmUp):
        first = warm_up(first, channel)
    if first:  # otherwise the checker is gone
        run_job(first, channel)


def prepare_process(place: Place) -> None:
    """Set the working directory, `sys.argv`, the temporary folder, and an empty standard input."""
    sys.stdin = NoStdin()
    sys.argv = [place.file]
    sys.breakpointhook = no_debugger
    tempfile.tempdir = place.temporary
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), place.temporary))
    os.chdir(place.folder)


def no_debugger(*_: object, **__: object) -> NoReturn:
    """Replace `sys.breakpointhook`; raises EOFError always, for a debugger would wait for a key."""
    raise EOFError("breakpoint() waits for a key, and a check has no keyboard")


def run_job(job: Job, channel: Channel) -> NoReturn:
    """Run the suite of a job and end the process, without waiting for threads that still run."""
    make_ready(EVENTS.values())
    channel.open(job.token)
    run_pytest(job.place, lambda: job, channel)
    os._exit(DONE)


def run_pytest(place: Place, job: Callable[[], Job], channel: Channel) -> None:
    """Run a suite with the recorder and the guards, and send what becomes of it.

    `job` is called when the suite has been collected, and returns the job.
    """
    prepare_process(place)
    printed = CapturedOutput()
    recorder = Recorder(channel.send, explain)
    plugins = [recorder, GuardPlugin(job, channel, printed)]
    try:
        with contextlib.redirect_stdout(printed):
            code = run_suite(place.suite, place.folder, place.temporary, plugins)
    except BaseException as error:
        channel.send(Trouble("stumbled", f"{type(error).__name__}: {exception_text(error)}"))
    else:
        channel.send(PytestExit(int(code)))


class AnotherSuiteError(KeyboardInterrupt):
    """Raised when the job is about another suite than the one that was collected.

    As a KeyboardInterrupt it ends pytest's session.
    """


def warm_up(command: WarmUp, channel: Channel) -> Job | None:
    """Warm up on a suite, collect it, and run the job that comes; then the process ends.

    Returns a job that is about another suite, and None when no job comes. Raises SystemExit when
    a run on the course's own sources left something behind in the process.
    """
    place = command.place
    make_ready(EVENTS.values(), [Job])
    for name in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    before = integrity.snapshot()
    for source in command.sources:
        run_once(command, Path(source))
    for entry in CATALOGUE:
        entry.compiled()  # cached for the check
    violations = integrity.compare(before)
    used = [name for name in sys.modules if name.startswith("steps.")]
    forget_course()
    for name in used:  # again: they take long, and no learner changes them
        importlib.import_module(name)
    if violations or threading.active_count() > 1:
        raise SystemExit(f"The warm-up of {place.suite} left something behind: {violations}")
    del before
    other: list[Job | None] = []

    def job() -> Job:
        freeze_objects()
        channel.send_ready()
        received = channel.receive()
        if not isinstance(received, Job) or received.place.suite != place.suite:
            other.append(received if isinstance(received, Job) else None)
            raise AnotherSuiteError("The job is about another suite.")
        channel.open(received.token)
        prepare_process(received.place)
        return received

    run_pytest(place, job, channel)
    if not other:
        os._exit(DONE)
    forget_course()
    return other[0]


def run_once(command: WarmUp, source: Path) -> None:
    """Run the suite once on a source of the course, in a temporary folder; discard the results."""
    place = command.place
    stage = Path(place.temporary) / "warm-up" / Path(place.folder).name
    stage.mkdir(parents=True)
    for beside in Path(command.solutions).glob("*.py"):
        shutil.copy(beside, stage)
    (stage / Path(place.file).name).write_bytes(source.read_bytes())
    home = Path.cwd()
    prepare_process(replace(place, folder=str(stage)))
    recorder = Recorder(_discard, explain)
    with contextlib.redirect_stdout(CapturedOutput()), contextlib.redirect_stderr(CapturedOutput()):
        run_suite(place.suite, str(stage), str(stage.parent), [recorder])
    os.chdir(home)
    shutil.rmtree(stage.parent, ignore_errors=True)


def _discard(event: Event) -> None:
    """Encode an event and discard it: the codec of each type is built at its first use."""
    encode_event("", 0, event)


def forget_course() -> None:
    """Remove the course's modules and their cached lines; restart the numbering of threads."""
    for name in list(sys.modules):
        if name.partition(".")[0] in COURSE_PACKAGES:
            del sys.modules[name]
    linecache.clearcache()
    importlib.invalidate_caches()
    if hasattr(threading, "_counter"):  # a report may name a thread by its number
        threading._counter = itertools.count(1).__next__


def freeze_objects() -> None:
    """Exclude all objects that exist now from later garbage collections."""
    gc.collect()
    gc.freeze()
