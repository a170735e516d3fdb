# removed: forever, main, if __name__ == "__main__":
"""The task starts first, outside the try: on a busy port it is left behind.

check: test_busy_port
says: A task is left, though the server never started.
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
    task = asyncio.create_task(work())
    site = web.TCPSite(runner, host, port)
    await site.start()
    try:
        yield site.port
    finally:
        task.cancel()
        await runner.cleanup()
