"""A class with __aenter__ and __aexit__ in place of a generator."""

import asyncio
from collections.abc import Callable, Coroutine
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


class serve:
    def __init__(self, app, work, host, port):
        self.runner = web.AppRunner(app)
        self.work, self.host, self.port = work, host, port

    async def __aenter__(self):
        await self.runner.setup()
        site = web.TCPSite(self.runner, self.host, self.port)
        try:
            await site.start()
        except OSError:
            await self.runner.cleanup()
            raise
        self.task = asyncio.create_task(self.work())
        return site.port

    async def __aexit__(self, *error):
        self.task.cancel()
        await asyncio.wait([self.task])
        await self.runner.cleanup()
