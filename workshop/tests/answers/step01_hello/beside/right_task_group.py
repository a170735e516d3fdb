# removed: forever, main, if __name__ == "__main__":
"""The task lives in a TaskGroup that is told to end."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web


@asynccontextmanager
async def serve(app, work, host, port):
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        async with asyncio.TaskGroup() as group:
            task = group.create_task(work())
            try:
                yield site.port
            finally:
                task.cancel()
    finally:
        await runner.cleanup()
