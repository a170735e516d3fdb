"""Has a task run beside the server, and cancels it."""

import asyncio
from contextlib import suppress

from aiohttp import web


async def tick() -> None:
    while True:
        await asyncio.sleep(0.01)


async def clock(app: web.Application):
    task = asyncio.create_task(tick())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    app.cleanup_ctx.append(clock)
    return app
