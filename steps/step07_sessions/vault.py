"""Where passwords are hashed: in threads of their own, so that nothing else waits for them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from aiohttp import web

T = TypeVar("T")

AT_ONCE, WAITING = 2, 30
"""So many passwords are hashed at once, and so many wait."""


class Vault:
    """Two threads, and those who wait for them."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(AT_ONCE)
        self._free = AT_ONCE
        self._waiting: list[asyncio.Future[None]] = []

    async def do(self, work: Callable[..., T], *args: object) -> T:
        """Call a slow function in a thread: the newest goes first; the oldest of too many, home."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        try:
            self._begin()
            await asyncio.wait([turn])
            if turn.cancelled():
                text, headers = "Too many log in just now; try again", {"Retry-After": "5"}
                raise web.HTTPServiceUnavailable(text=text, headers=headers)
            return await loop.run_in_executor(self.threads, work, *args)
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif not turn.cancelled():
                self._free += 1
                self._begin()

    def _begin(self) -> None:
        """Let those in who find a thread, and send away who finds no place to wait."""
        while self._free and self._waiting:
            self._free -= 1
            self._waiting.pop().set_result(None)
        if len(self._waiting) > WAITING:
            self._waiting.pop(0).cancel()


VAULT = web.AppKey("vault", Vault)


async def vault(app: web.Application) -> AsyncIterator[None]:
    """Keep the threads for as long as the app runs."""
    app[VAULT] = Vault()
    yield
    app[VAULT].threads.shutdown(cancel_futures=True)
