# removed: forever, main, if __name__ == "__main__":
"""The server is stopped, and the task goes on.

check: test_stops
says: A task is left
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web


@asynccontextmanager
async def serve(app, work, host, port):
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    asyncio.create_task(work())
    try:
        yield site.port
    finally:
        await runner.cleanup()
