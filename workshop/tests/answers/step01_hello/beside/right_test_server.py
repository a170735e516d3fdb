"""The server that aiohttp has for tests; where its port is taken, it forgets a socket."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestServer

Work = Callable[[], Coroutine[None, None, None]]


@dataclass
class Clock:
    """Counts its own ticks."""

    ticks: int = 0

    async def run(self) -> None:
        """Tick once a second, for ever."""
        while True:
            self.ticks += 1
            await asyncio.sleep(1)

    async def show(self, request: web.Request) -> web.Response:
        """Tell how often the clock has ticked."""
        return web.Response(text=f"{self.ticks}\n")


def create_app(clock: Clock | None = None) -> web.Application:
    """Make the application that shows a clock."""
    app = web.Application()
    app.add_routes([web.get("/", (clock or Clock()).show)])
    return app


@asynccontextmanager
async def serve(app: web.Application, work: Work, host: str, port: int) -> AsyncIterator[int]:
    """Serve the app while `work()` runs beside it; give the port, and stop both at the end."""
    async with TestServer(app, host=host, port=port) as server:
        task = asyncio.ensure_future(work())
        try:
            yield server.port
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def forever(port: int) -> None:
    """Serve the clock until somebody stops the program."""
    clock = Clock()
    async with serve(create_app(clock), clock.run, "127.0.0.1", port) as bound:
        logging.info("Listening on http://127.0.0.1:%d", bound)
        await asyncio.Event().wait()


def main() -> None:
    """Serve the clock on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    with suppress(KeyboardInterrupt):
        asyncio.run(forever(int(os.environ.get("PORT", "8080"))))


if __name__ == "__main__":
    main()
