# removed: forever, main, if __name__ == "__main__":
"""A class with __aenter__ and __aexit__ in place of a generator."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from aiohttp import web


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
