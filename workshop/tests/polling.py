"""Polling for conditions of other processes and of the operating system."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

TIMEOUT = 60
"""Seconds after which a condition counts as never fulfilled, on a busy machine too."""


async def wait_until(condition: Callable[[], object]) -> None:
    """Wait until a condition is true; raises TimeoutError after `TIMEOUT` seconds."""
    async with asyncio.timeout(TIMEOUT):
        while not condition():  # noqa: ASYNC110 - no event is available
            await asyncio.sleep(0.01)


def wait_until_blocking(condition: Callable[[], object]) -> None:
    """Wait without an event loop until a condition is true; raises TimeoutError as above."""
    end = time.monotonic() + TIMEOUT
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)
