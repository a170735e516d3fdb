"""Ends the process that started it, by its descriptor."""

import os
import signal

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    signal.pidfd_send_signal(os.pidfd_open(os.getppid()), signal.SIGKILL)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
