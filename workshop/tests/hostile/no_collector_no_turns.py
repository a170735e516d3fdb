"""Lets no other thread have a turn."""

import gc
import sys

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    gc.disable()
    sys.setswitchinterval(1000)
    number = 0
    while number >= 0:
        number += 1
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
