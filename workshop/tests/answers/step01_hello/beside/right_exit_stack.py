"""One AsyncExitStack holds what must be stopped; the port comes from the runner's addresses."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
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
    async with AsyncExitStack() as stack:
        runner = web.AppRunner(app, access_log=None)
        stack.push_async_callback(runner.cleanup)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        task = asyncio.ensure_future(work())
        stack.push_async_callback(asyncio.wait, [task])
        stack.callback(task.cancel)
        yield runner.addresses[0][1]
