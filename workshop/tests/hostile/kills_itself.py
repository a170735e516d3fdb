"""Sends itself a signal that nobody can hold up."""

import os
import signal

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    os.kill(os.getpid(), signal.SIGKILL)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
