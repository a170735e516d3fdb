"""Asks the event loop for a signal."""

import asyncio
import signal

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, print)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
