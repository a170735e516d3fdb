"""An app that ends with whoever started it: `python -m workshop.apps.lifeline MODULE [WORD]`.

Standard input is the leash. It is held by the course, and the system lets go of it when the
course is gone, however that ended. With a word the module is only loaded: the word is printed when
that went well, and the app begins when a byte comes over the leash.
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
"""Seconds that an app has to end well."""
_let_go = threading.Event()
_go = threading.Event()


def hold() -> None:
    """Watch the leash in a thread; the app itself finds an empty standard input."""
    leash = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(target=_follow, args=(leash,), daemon=True, name="leash").start()


def _follow(leash: int) -> None:
    """Wait until the leash is let go of, then end this process: asked first, then at once."""
    with contextlib.suppress(OSError):
        while os.read(leash, 1):
            _go.set()
    _let_go.set()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    _end()


def _end() -> None:
    """End this process and all that came out of it, now: the interpreter need not tidy up."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _own(trace: TracebackType | None) -> TracebackType | None:
    """Return a traceback from the app's first line on: who reads it did not write what is above."""
    above = {code.co_filename for code in (main.__code__, runpy.run_module.__code__)}
    while trace and trace.tb_frame.f_code.co_filename in above:
        trace = trace.tb_next
    return trace


def _load(target: str, word: str) -> None:
    """Load the module as any other would, and wait until it is its turn."""
    runpy.run_module(target, run_name="__loaded__", alter_sys=True)
    print(word, flush=True)  # noqa: T201
    _go.wait()


def main() -> None:
    """Run the module as `python -m MODULE` would."""
    hold()
    target = sys.argv[1]
    word = "".join(sys.argv[2:])
    del sys.argv[1:]
    try:
        if word:
            _load(target, word)
        runpy.run_module(target, run_name="__main__", alter_sys=True)
    except Exception as error:
        traceback.print_exception(error.with_traceback(_own(error.__traceback__)))
        sys.exit(1)
    finally:
        if _let_go.is_set():
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(OSError, ValueError):
                    stream.flush()
            _end()


if __name__ == "__main__":
    main()
