"""The task starts first, outside the try: on a busy port it is left behind.

check: test_busy_port
says: A task is left, though the server never started.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
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
async def serve(app, work, host, port):
    runner = web.AppRunner(app)
    await runner.setup()
    task = asyncio.create_task(work())
    site = web.TCPSite(runner, host, port)
    await site.start()
    try:
        yield site.port
    finally:
        task.cancel()
        await runner.cleanup()
