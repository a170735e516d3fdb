"""Where passwords are hashed: in threads of their own, so that nothing else waits for them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from aiohttp import web

T = TypeVar("T")

AT_ONCE, WAITING = 2, 30
"""So many passwords are hashed at once, and so many wait: some seconds at most."""


class Vault:
    """Two threads, and those who wait for them."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(AT_ONCE)
        self._turns: list[asyncio.Future[Any]] = []

    async def do(self, work: Callable[..., T], *args: object) -> T:
        """Call a slow function in a thread; of too many, whoever has waited longest has to go."""
        turn = asyncio.get_running_loop().run_in_executor(self.threads, work, *args)
        self._turns = [*(other for other in self._turns if not other.done()), turn]
        if len(self._turns) > AT_ONCE + WAITING:
            self._turns[AT_ONCE].cancel()
        await asyncio.wait([turn])
        if turn.cancelled():
            text, headers = "Too many log in just now; try again", {"Retry-After": "5"}
            raise web.HTTPServiceUnavailable(text=text, headers=headers)
        return turn.result()


VAULT = web.AppKey("vault", Vault)


async def vault(app: web.Application) -> AsyncIterator[None]:
    """Keep the threads for as long as the app runs."""
    app[VAULT] = Vault()
    yield
    app[VAULT].threads.shutdown(cancel_futures=True)
