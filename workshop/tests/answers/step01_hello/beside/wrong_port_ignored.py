"""The port that was asked for is not used.

check: test_busy_port
says: another port than serve() was given
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import web

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
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host)
        await site.start()
        task = asyncio.create_task(work())
        try:
            yield site.port
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    finally:
        await runner.cleanup()


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
