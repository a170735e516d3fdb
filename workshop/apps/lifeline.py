"""An app that ends with its parent process: `python -m workshop.apps.lifeline MODULE [TOKEN]`.

Standard input is the lifeline: a pipe of the course, which the system closes when the course is
gone, however that ended. With a token the module is only loaded: the token is printed when that
has succeeded, and the app starts when a byte comes over the lifeline.
"""

from __future__ import annotations

import contextlib
import os
import runpy
import signal
import sys
import threading
import time
import traceback
from types import TracebackType

GRACE = 0.3
"""Seconds that an app has for a graceful exit after SIGTERM."""
_released = threading.Event()
_start = threading.Event()


def watch_lifeline() -> None:
    """Watch the lifeline in a thread; the app itself finds an empty standard input."""
    lifeline = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(
        target=_wait_for_release, args=(lifeline,), daemon=True, name="lifeline"
    ).start()


def _wait_for_release(lifeline: int) -> None:
    """Wait until the lifeline is closed, then terminate this process, and kill it after `GRACE`."""
    with contextlib.suppress(OSError):
        while os.read(lifeline, 1):
            _start.set()
    _released.set()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    _kill_group()


def _kill_group() -> None:
    """Kill this process and its process group at once, without cleanup by the interpreter."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _app_traceback(trace: TracebackType | None) -> TracebackType | None:
    """Return a traceback from the app's first line on, without the frames of the course."""
    above = {code.co_filename for code in (main.__code__, runpy.run_module.__code__)}
    while trace and trace.tb_frame.f_code.co_filename in above:
        trace = trace.tb_next
    return trace


def _load(target: str, token: str) -> None:
    """Import the module, print the token, and wait for a byte over the lifeline."""
    runpy.run_module(target, run_name="__loaded__", alter_sys=True)
    print(token, flush=True)  # noqa: T201
    _start.wait()


def main() -> None:
    """Run the module as `python -m MODULE` would."""
    watch_lifeline()
    target = sys.argv[1]
    token = "".join(sys.argv[2:])
    del sys.argv[1:]
    try:
        if token:
            _load(target, token)
        runpy.run_module(target, run_name="__main__", alter_sys=True)
    except Exception as error:
        traceback.print_exception(error.with_traceback(_app_traceback(error.__traceback__)))
        sys.exit(1)
    finally:
        if _released.is_set():
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(OSError, ValueError):
                    stream.flush()
            _kill_group()


if __name__ == "__main__":
    main()
