# removed: forever, main, if __name__ == "__main__":
"""An error in the block jumps over the lines that stop things.

check: test_stops_after_an_error
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
    yield site.port
    task.cancel()
    await runner.cleanup()
