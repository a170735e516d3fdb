"""A semaphore for checks: few run at once, since each takes processes and memory."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from workshop.course import Exercise

CONCURRENT_CHECKS = 2
"""Checks that run at once; one more may run for the current exercise."""


class CheckSemaphore:
    """Admits checks: that of the `current` exercise first, the others in the order of arrival."""

    def __init__(self, current: Callable[[], Exercise | None]) -> None:
        self._current = current
        self._taken = 0
        self._waiting: list[tuple[Exercise, asyncio.Future[None]]] = []

    @contextlib.asynccontextmanager
    async def acquired(self, exercise: Exercise) -> AsyncIterator[bool]:
        """Hold the semaphore inside the block; yields whether the check had to wait for it."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((exercise, turn))
        self.wake_waiting()
        waited = not turn.done()
        try:
            await turn
            yield waited
        finally:
            if not turn.cancelled():
                self._taken -= 1
            self.wake_waiting()

    def wake_waiting(self) -> None:
        """Admit the checks that may begin. To be called when the current exercise has changed."""
        self._waiting = [one for one in self._waiting if not one[1].cancelled()]
        while self._waiting:
            first = next((one for one in self._waiting if one[0] == self._current()), None)
            if self._taken >= CONCURRENT_CHECKS + (first is not None):
                return
            chosen = first or self._waiting[0]
            self._waiting.remove(chosen)
            self._taken += 1
            chosen[1].set_result(None)
