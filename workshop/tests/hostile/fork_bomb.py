"""Makes copies of itself that make copies; bounded: 2 to the 7th, each gone after 5 seconds."""

import os
import time

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    for _ in range(7):
        os.fork()
    time.sleep(5)
    os._exit(0)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
