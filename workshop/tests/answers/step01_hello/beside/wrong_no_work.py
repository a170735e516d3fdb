# removed: forever, main, if __name__ == "__main__":
"""The work is never started.

check: test_works_beside
says: work() was not started.
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
    try:
        yield site.port
    finally:
        await runner.cleanup()
