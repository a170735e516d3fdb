"""A function that takes long, so that a suite sees who stands still meanwhile.

Nobody waits for it: it looks where it runs and where the loop stands, so a busy machine changes
nothing.
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
"""So long it takes when it runs in the loop, by the clock of the check."""
PATIENCE = 2.0
"""Seconds that a thread waits for the loop to go on; a machine may be busy."""
POLL_SECONDS, POLLS_NEEDED = 0.02, 3
"""Seconds between two looks at where the loop is, and after how many alike it is clear."""
WAITING_CALLS = {f.__code__ for f in (threading.Thread.join, Future.result, Future.exception, wait)}
"""Where somebody is who waits for a thread, and lets nobody else go on."""
RUN_ONCE = asyncio.BaseEventLoop._run_once.__code__  # type: ignore[attr-defined]
"""What calls whatever runs in the loop: what called that one is of no interest."""
IN_LOOP = f"takes {SECONDS} seconds in this check, and runs in the event loop: all others wait"
WAITED_FOR = "runs in a thread, but the event loop stands still until that is done"


class BlockingProbe:
    """Stands in for a function of the learner's, or one that the learner calls."""

    def __init__(self, function: Callable[..., Any], stalls: LoopStalls) -> None:
        self._function = function
        self._stalls = stalls
        self._callback: object = None
        self.calls = 0
        """How often it was called."""
        self.trouble: str | None = None
        """How it held up the loop, to be read after its name; None when it never did."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Look where this runs, then do what the function does."""
        self.calls += 1
        if self._stalls.in_loop():
            if self._stalls.callback is not self._callback:  # one callback may call it often
                self._stalls.add_blocked_seconds(SECONDS)
            self._callback, self.trouble = self._stalls.callback, IN_LOOP
        elif self._stalls.loop and not self._loop_goes_on():
            self.trouble = self.trouble or WAITED_FOR
        return self._function(*args, **options)

    def _loop_goes_on(self) -> bool:
        """Say whether the loop goes on while this thread does not; once it did not, be quick."""
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
    """Say whether the loop, which runs in the main thread, waits for another thread just now."""
    frame: FrameType | None = sys._current_frames().get(threading.main_thread().ident or 0)
    while frame and frame.f_code is not RUN_ONCE:
        if frame.f_code in WAITING_CALLS:
            return True
        frame = frame.f_back
    return False
