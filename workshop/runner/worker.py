"""One job of a sandbox: a suite is run, and all that is to be known of it is told.

What there is to say goes through a channel that the learner's `print` does not reach, each line
signed with the job's word.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable
from typing import NoReturn

from workshop.advice.explain import explain
from workshop.recorder.output import NoKeyboard, Printed
from workshop.recorder.plugin import Recorder
from workshop.recorder.run_suite import ask
from workshop.report import make_ready
from workshop.report.comparison import said
from workshop.runner.channel import Channel
from workshop.runner.guards import Frame
from workshop.runner.messages import EVENTS, Job, Over, Place, Trouble
from workshop.runner.subreaper import OVER


def prepare(place: Place) -> None:
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


def do(job: Job, channel: Channel) -> NoReturn:
    """Run one suite, tell all that is to be known, and end without waiting for what still runs."""
    make_ready(EVENTS.values())
    channel.open(job.word)
    run(job.place, lambda: job, channel)
    os._exit(OVER)


def run(place: Place, job: Callable[[], Job], channel: Channel) -> None:
    """Run the suite at a place; `job` is asked for when it has been collected."""
    prepare(place)
    printed = Printed()
    recorder = Recorder(channel.tell, explain)
    plugins = [recorder, Frame(job, channel, printed)]
    try:
        with contextlib.redirect_stdout(printed):
            code = ask(place.suite, place.folder, place.temporary, plugins)
    except BaseException as error:
        channel.tell(Trouble("stumbled", f"{type(error).__name__}: {said(error)}"))
    else:
        channel.tell(Over(int(code)))
