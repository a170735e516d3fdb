"""A graceful shutdown on SIGTERM and SIGHUP."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator

NAMES = ("SIGTERM", "SIGHUP")


@contextlib.contextmanager
def ended_by_signals(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` on SIGTERM or SIGHUP inside the block; on Windows, do nothing."""
    loop = asyncio.get_running_loop()
    numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
    with contextlib.suppress(NotImplementedError):
        for number in numbers:
            loop.add_signal_handler(number, end)
    try:
        yield
    finally:
        with contextlib.suppress(NotImplementedError):
            for number in numbers:
                loop.remove_signal_handler(number)
