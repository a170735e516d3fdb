"""Ends the process that started it."""

import os
import signal

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    os.kill(os.getppid(), signal.SIGTERM)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
