"""The server that aiohttp has for tests; where its port is taken, it forgets a socket."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestServer


@asynccontextmanager
async def serve(app: web.Application, work: Work, host: str, port: int) -> AsyncIterator[int]:
    """Serve the app while `work()` runs beside it; give the port, and stop both at the end."""
    async with TestServer(app, host=host, port=port) as server:
        task = asyncio.ensure_future(work())
        try:
            yield server.port
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
