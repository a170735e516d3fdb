# removed: forever, main, if __name__ == "__main__":
"""The task is stopped, and the server goes on.

check: test_stops
says: The server still listens.
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
    task = asyncio.create_task(work())
    try:
        yield site.port
    finally:
        task.cancel()
