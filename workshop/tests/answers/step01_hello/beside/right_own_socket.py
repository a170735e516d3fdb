"""The socket is bound first and handed to a SockSite; gather waits for the cancelled task."""

import asyncio
import socket
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
    with socket.create_server((host, port)) as listening:
        runner = web.AppRunner(app)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        task = asyncio.get_running_loop().create_task(work())
        try:
            yield listening.getsockname()[1]
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await runner.cleanup()
