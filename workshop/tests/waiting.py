"""Waiting for facts that no event tells: what another process or the system does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

LONG = 60
"""Seconds after which a fact will not come any more, however busy the machine is."""


async def until(fact: Callable[[], object]) -> None:
    """Wait for a fact; raises TimeoutError when it does not come."""
    async with asyncio.timeout(LONG):
        while not fact():  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0.01)
