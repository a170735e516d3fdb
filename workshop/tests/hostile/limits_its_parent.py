"""Takes the processor away from the process that started it."""

import os
import resource

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
