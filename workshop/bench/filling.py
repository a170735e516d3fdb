"""A folder of data for the pages to be loaded, written by the step itself, through HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from workshop.bench.server import serving
from workshop.bench.wrk import program

T = TypeVar("T")
POSTS = 100
SENTENCE = "The Engine weaves algebraic patterns & the loom weaves flowers; is 1 < 2? "


def new_post(number: int) -> dict[str, str]:
    """Return title and text of a post, about 600 characters, some of them to be escaped."""
    return {"title": f"Letter {number} <to Charles>", "text": SENTENCE * 8}


@contextmanager
def filled(step: str, fill: Callable[[str], Coroutine[Any, Any, T]]) -> Iterator[tuple[Path, T]]:
    """Let `fill` talk to a step at an address; yield the folder of its data, and what it returned.

    Raises BenchmarkError at once when there is nothing to load it with.
    """
    program()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        with serving(step, data) as server:
            made = asyncio.run(fill(server.address))
        yield data, made
