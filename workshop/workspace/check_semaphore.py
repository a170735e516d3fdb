"""A few checks at once, however many are asked for: each takes processes and memory."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from workshop.course import Exercise

CONCURRENT_CHECKS = 2
"""Checks that run at once; one more may be that of the exercise at which the learner is."""


class CheckSemaphore:
    """Lets checks begin, the one of the `current` exercise first, the others as they came."""

    def __init__(self, current: Callable[[], Exercise | None]) -> None:
        self._current = current
        self._taken = 0
        self._waiting: list[tuple[Exercise, asyncio.Future[None]]] = []

    @contextlib.asynccontextmanager
    async def acquired(self, exercise: Exercise) -> AsyncIterator[bool]:
        """Wait for a slot and hold it inside the block; gives whether it had to be waited for."""
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
        """Let begin whoever may; to be called when the learner has turned to another exercise."""
        self._waiting = [one for one in self._waiting if not one[1].cancelled()]
        while self._waiting:
            first = next((one for one in self._waiting if one[0] == self._current()), None)
            if self._taken >= CONCURRENT_CHECKS + (first is not None):
                return
            chosen = first or self._waiting[0]
            self._waiting.remove(chosen)
            self._taken += 1
            chosen[1].set_result(None)
