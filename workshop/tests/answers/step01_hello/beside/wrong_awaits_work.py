# removed: forever, main, if __name__ == "__main__":
"""The work is awaited, so the block is never reached.

check: test_answers
says: serve() never came to its yield
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
        await work()
        yield site.port
    finally:
        await runner.cleanup()
