"""One process at a time: two courses may run in one folder."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from workshop.course.locks import take

PATIENCE = 2.0
"""Seconds that another process may take; whoever is suspended holds up nobody for longer."""
PAUSE = 0.001
"""Seconds between two tries."""


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Let one process at a time into the block; `file` is made, with its folder, and stays.

    Where no file can be made or locked, the block runs all the same.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            file.parent.mkdir(exist_ok=True)  # but none above: the course may be gone
            opened = stack.enter_context(file.open("ab"))
            _lock(opened)
        yield


def _lock(opened: IO[bytes]) -> None:
    """Wait until the lock is ours, `PATIENCE` seconds at most; closing the file gives it back."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if take(opened):
            return
        time.sleep(PAUSE)
