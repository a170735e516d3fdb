"""One job of a sandbox: a suite is run, and all that is to be known of it is told.

What there is to say goes through a channel that the learner's `print` does not reach, each line
signed with the job's word.
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
from workshop.recorder.output import NoKeyboard, Printed
from workshop.recorder.plugin import Recorder
from workshop.recorder.run_suite import ask
from workshop.report import make_ready
from workshop.report.comparison import exception_text
from workshop.runner import integrity
from workshop.runner.guards import GuardPlugin
from workshop.runner.messages import (
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
"""What takes long to import and some suite needs; one that is missing is missing later, too."""
COURSE_PACKAGES = ("conftest", "exercises", "solutions", "steps")
"""Modules of the course's own, which every check gets afresh."""


def main() -> None:
    """Receive a job, or what to warm up with and then a job; run it."""
    channel = Channel()
    first = channel.receive()
    if isinstance(first, WarmUp):
        first = warm_up(first, channel)
    if first:  # otherwise the checker is gone
        run_job(first, channel)


def prepare_process(place: Place) -> None:
    """Make the process look as the learner's code expects it: folder, arguments, no keyboard."""
    sys.stdin = NoKeyboard()
    sys.argv = [place.file]
    sys.breakpointhook = no_debugger
    tempfile.tempdir = place.temporary
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), place.temporary))
    os.chdir(place.folder)


def no_debugger(*_: object, **__: object) -> NoReturn:
    """Stand in for the debugger, which would wait for a key."""
    raise EOFError("breakpoint() waits for a key, and a check has no keyboard")


def run_job(job: Job, channel: Channel) -> NoReturn:
    """Run one suite, tell all that is to be known, and end without waiting for what still runs."""
    make_ready(EVENTS.values())
    channel.open(job.token)
    run_pytest(job.place, lambda: job, channel)
    os._exit(DONE)


def run_pytest(place: Place, job: Callable[[], Job], channel: Channel) -> None:
    """Run the suite at a place; `job` is asked for when it has been collected."""
    prepare_process(place)
    printed = Printed()
    recorder = Recorder(channel.send, explain)
    plugins = [recorder, GuardPlugin(job, channel, printed)]
    try:
        with contextlib.redirect_stdout(printed):
            code = ask(place.suite, place.folder, place.temporary, plugins)
    except BaseException as error:
        channel.send(Trouble("stumbled", f"{type(error).__name__}: {exception_text(error)}"))
    else:
        channel.send(PytestExit(int(code)))


class AnotherSuiteError(KeyboardInterrupt):
    """The job is about another suite than the one that was collected."""


def warm_up(command: WarmUp, channel: Channel) -> Job | None:
    """Rehearse, collect a suite, and do the job that comes; return it if it asks for another suite.

    Returns None when no job comes; the process ends when a rehearsal left something behind.
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
        entry.compiled()  # kept, for the check
    violations = integrity.compare(before)
    used = [name for name in sys.modules if name.startswith("steps.")]
    forget_course()
    for name in used:  # again, as a check finds them: they take long, and are not the learner's
        importlib.import_module(name)
    if violations or threading.active_count() > 1:
        raise SystemExit(f"A rehearsal of {place.suite} left something behind: {violations}")
    del before
    other: list[Job | None] = []

    def job() -> Job:
        freeze_objects()
        channel.ready()
        said = channel.receive()
        if not isinstance(said, Job) or said.place.suite != place.suite:
            other.append(said if isinstance(said, Job) else None)
            raise AnotherSuiteError("Another suite is asked for.")
        channel.open(said.token)
        prepare_process(said.place)
        return said

    run_pytest(place, job, channel)
    if not other:
        os._exit(DONE)
    forget_course()
    return other[0]


def run_once(command: WarmUp, source: Path) -> None:
    """Run the suite once on a source of the course's own; whatever comes of it is thrown away."""
    place = command.place
    stage = Path(place.temporary) / "rehearsal" / Path(place.folder).name
    stage.mkdir(parents=True)
    for beside in Path(command.solutions).glob("*.py"):
        shutil.copy(beside, stage)
    (stage / Path(place.file).name).write_bytes(source.read_bytes())
    home = Path.cwd()
    prepare_process(replace(place, folder=str(stage)))
    recorder = Recorder(_discard, explain)
    with contextlib.redirect_stdout(Printed()), contextlib.redirect_stderr(Printed()):
        ask(place.suite, str(stage), str(stage.parent), [recorder])
    os.chdir(home)
    shutil.rmtree(stage.parent, ignore_errors=True)


def _discard(event: Event) -> None:
    """Make an event ready to be sent, as a check will: the first one of a kind takes long."""
    encode_event("", 0, event)


def forget_course() -> None:
    """Forget the course's own modules and their lines, and how many threads there were."""
    for name in list(sys.modules):
        if name.partition(".")[0] in COURSE_PACKAGES:
            del sys.modules[name]
    linecache.clearcache()
    importlib.invalidate_caches()
    if hasattr(threading, "_counter"):  # a report may name a thread by its number
        threading._counter = itertools.count(1).__next__


def freeze_objects() -> None:
    """Take everything that lives by now out of the garbage collector's sight."""
    gc.collect()
    gc.freeze()
