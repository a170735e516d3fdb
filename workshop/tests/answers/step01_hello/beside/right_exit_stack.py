# removed: forever, main, if __name__ == "__main__":
"""One AsyncExitStack holds what must be stopped; the port comes from the runner's addresses."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web


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
