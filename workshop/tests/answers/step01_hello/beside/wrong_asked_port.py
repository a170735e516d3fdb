# removed: forever, main, if __name__ == "__main__":
"""The port that was asked for is given, not the one that was chosen.

check: test_answers
says: number of the port that was chosen
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
        yield port
    finally:
        task.cancel()
        await runner.cleanup()
