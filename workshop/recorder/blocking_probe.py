"""A stand-in for a slow function: it reports whether a call of it blocks the event loop.

A call does not wait: it checks in which thread it runs and whether the loop goes on, so that a busy
machine does not change the result.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from time import monotonic
from types import FrameType
from typing import Any

from workshop.recorder.loop_stalls import LoopStalls

SECONDS = 0.3
"""Seconds that a call in the loop takes, by the clock of the check."""
PATIENCE = 2.0
"""Seconds that a thread waits for the loop to go on."""
POLL_SECONDS, POLLS_NEEDED = 0.02, 3
"""Seconds between two polls of the loop's stack, and polls with the same result that suffice."""
WAITING_CALLS = {f.__code__ for f in (threading.Thread.join, Future.result, Future.exception, wait)}
"""The code of functions that block until another thread is done."""
RUN_ONCE = asyncio.BaseEventLoop._run_once.__code__  # type: ignore[attr-defined]
"""The code of the loop's own function; frames outside of it do not count."""
IN_LOOP = f"takes {SECONDS} seconds in this check, and runs in the event loop: all others wait"
WAITED_FOR = "runs in a thread, but the event loop stands still until that is done"


class BlockingProbe:
    """A callable that replaces a learner's function, or one that the learner calls."""

    def __init__(self, function: Callable[..., Any], stalls: LoopStalls) -> None:
        self._function = function
        self._stalls = stalls
        self._callback: object = None
        self.calls = 0
        """The number of calls."""
        self.trouble: str | None = None
        """How a call blocked the loop, as words after the function's name; None if none did."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Check where the call runs, then call the function."""
        self.calls += 1
        if self._stalls.in_loop():
            if self._stalls.callback is not self._callback:  # one callback may call it often
                self._stalls.add_blocked_seconds(SECONDS)
            self._callback, self.trouble = self._stalls.callback, IN_LOOP
        elif self._stalls.loop and not self._loop_goes_on():
            self.trouble = self.trouble or WAITED_FOR
        return self._function(*args, **options)

    def _loop_goes_on(self) -> bool:
        """Return whether the loop goes on while this thread waits."""
        assert self._stalls.loop
        turned = threading.Event()
        self._stalls.loop.call_soon_threadsafe(turned.set)
        if self.trouble == WAITED_FOR:
            return turned.wait(0)
        until, alike = monotonic() + PATIENCE, 0
        while not turned.wait(POLL_SECONDS):
            alike = alike + 1 if _loop_waits() else 0
            if alike == POLLS_NEEDED or monotonic() > until:
                return False
        return True


def _loop_waits() -> bool:
    """Return whether the loop, in the main thread, is blocked by a wait for another thread."""
    frame: FrameType | None = sys._current_frames().get(threading.main_thread().ident or 0)
    while frame and frame.f_code is not RUN_ONCE:
        if frame.f_code in WAITING_CALLS:
            return True
        frame = frame.f_back
    return False
