"""Waiting for facts that no event tells: what another process or the system does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

LONG = 60
"""Seconds after which a fact will not come any more, however busy the machine is."""


async def until(fact: Callable[[], object]) -> None:
    """Wait for a fact; raises TimeoutError when it does not come."""
    async with asyncio.timeout(LONG):
        while not fact():  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0.01)


def until_now(fact: Callable[[], object]) -> None:
    """Wait for a fact where no event loop runs; raises TimeoutError when it does not come."""
    end = time.monotonic() + LONG
    while not fact():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)
