"""Sends itself the signal that suspends a process."""

import os
import signal

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    os.kill(os.getpid(), signal.SIGSTOP)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
