"""Leaves a copy of the process that keeps every pipe open, and ends itself."""

import os
import time

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
