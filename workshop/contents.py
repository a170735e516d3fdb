"""What stands in a learner's file, when an editor has finished writing it."""

from __future__ import annotations

import asyncio
import contextlib
import warnings
from hashlib import sha256
from pathlib import Path

LIMIT = 1024 * 1024
"""Bytes of a file that a person may have written."""
QUIET = 0.1
"""Seconds without a change after which half a file is what was meant."""
MOST = 1.0
"""Seconds after which it is taken as it is."""
PAUSE = 0.02
"""Seconds between two looks."""


def read(file: Path) -> bytes | None:
    """Return the beginning of what a file holds; None when it cannot be read."""
    with contextlib.suppress(OSError):
        if file.is_file():
            with file.open("rb") as opened:
                return opened.read(LIMIT + 1)
    return None


def digest(file: Path) -> str | None:
    """Return what tells one content from another; None when there is none."""
    content = read(file)
    return None if content is None else sha256(content).hexdigest()


def whole(content: bytes | None) -> bool:
    """Say whether a content is a program: not missing, not empty, not half written."""
    if not content or len(content) > LIMIT:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(content, "file", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True


async def settled(file: Path) -> str | None:
    """Wait until a file is whole, or does not change any more; return its digest.

    Editors empty a file before they write it, or remove it before another takes its name.
    Waits at most `MOST` seconds.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + MOST
    content = read(file)
    quiet = loop.time() + QUIET
    while not whole(content) and loop.time() < min(until, quiet):
        await asyncio.sleep(PAUSE)
        before, content = content, read(file)
        if content != before:
            quiet = loop.time() + QUIET
    return None if content is None else sha256(content).hexdigest()
