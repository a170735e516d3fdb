# removed: forever, main, if __name__ == "__main__":
"""`site.start()` is not awaited, so nobody listens.

check: test_answers
says: Inside the block the app answers
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
    site.start()
    task = asyncio.create_task(work())
    try:
        yield site.port
    finally:
        task.cancel()
        await runner.cleanup()
