"""Who is watched: the calls of coroutine functions that say so, while somebody records."""

import functools
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Any, ParamSpec, TypeVar

from .timeline import Timeline

P = ParamSpec("P")
T = TypeVar("T")
CURRENT: ContextVar[Timeline | None] = ContextVar("timeline", default=None)


@contextmanager
def recording() -> Iterator[Timeline]:
    """Record what the watched coroutines do inside the block."""
    timeline = Timeline(zero=perf_counter())
    before = CURRENT.set(timeline)
    try:
        yield timeline
    finally:
        CURRENT.reset(before)


def watched(
    work: Callable[P, Coroutine[Any, Any, T]],
) -> Callable[P, Coroutine[Any, Any, T]]:
    """Give each call of a coroutine function a row, named after its first argument."""

    @functools.wraps(work)
    async def call(*args: P.args, **kwargs: P.kwargs) -> T:
        timeline = CURRENT.get()
        if timeline is None:
            return await work(*args, **kwargs)
        return await timeline.watch(str(args[0]), work(*args, **kwargs))

    return call
