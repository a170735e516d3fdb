"""What stands in a learner's file, when an editor has finished writing it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path

from workshop.course.files import SOURCE_LIMIT

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
                return opened.read(SOURCE_LIMIT + 1)
    return None


def digest(file: Path) -> str | None:
    """Return the digest of what a file holds; None when it cannot be read."""
    return digest_of(read(file))


def digest_of(content: bytes | None) -> str | None:
    """Return what tells one content from another: its SHA-256 in hex; None for no content."""
    return None if content is None else sha256(content).hexdigest()


async def settled(
    file: Path, content: bytes | None, is_whole: Callable[[bytes | None], Awaitable[bool]]
) -> bytes | None:
    """Wait until a file is whole, or does not change any more; return what it holds then.

    Editors empty a file before they write it, or remove it before another takes its name.
    `content` is what was just read from the file; `is_whole` says whether a content is a program.
    Waits at most `MOST` seconds.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + MOST
    whole = await is_whole(content)
    quiet = loop.time() + QUIET
    while not whole and loop.time() < min(until, quiet):
        await asyncio.sleep(PAUSE)
        before, content = content, read(file)
        if content != before:
            whole = await is_whole(content)
            quiet = loop.time() + QUIET
    return content
