"""Files looked at again and again, where the system does not tell of changes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path

POLL = 0.3
"""Seconds between two looks."""

State = tuple[int, int, int] | None


async def changes(files: Callable[[], Iterable[Path]]) -> AsyncGenerator[set[Path], None]:
    """Yield the files that changed since the last look; first, at once, an empty set.

    `files` gives those to look at; it is called in a thread. Unlike the polling of watchfiles,
    which compares whole seconds, this also sees a second save within the same second.
    """
    before = await asyncio.to_thread(_states, files)
    yield set()
    while True:
        await asyncio.sleep(POLL)
        now = await asyncio.to_thread(_states, files)
        both = before.keys() | now.keys()
        if found := {file for file in both if before.get(file) != now.get(file)}:
            yield found
        before = now


def _states(files: Callable[[], Iterable[Path]]) -> dict[Path, State]:
    return {file: _state(file) for file in files()}


def _state(file: Path) -> State:
    """Return what tells that a file is another, without reading it; None for no file."""
    with contextlib.suppress(OSError):
        found = file.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None
