# removed: forever, main, if __name__ == "__main__":
"""The socket is bound first and handed to a SockSite; gather waits for the cancelled task."""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web


@asynccontextmanager
async def serve(app, work, host, port):
    with socket.create_server((host, port)) as listening:
        runner = web.AppRunner(app)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        task = asyncio.get_running_loop().create_task(work())
        try:
            yield listening.getsockname()[1]
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await runner.cleanup()
