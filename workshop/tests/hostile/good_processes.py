"""Has a pool of processes, which waits for work."""

import asyncio
import math
from concurrent.futures import ProcessPoolExecutor

from aiohttp import web

POOL = web.AppKey("pool", ProcessPoolExecutor)


async def workers(app: web.Application):
    app[POOL] = ProcessPoolExecutor(1)
    yield


async def index(request: web.Request) -> web.Response:
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(request.app[POOL], math.factorial, 3) == 6
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    app.cleanup_ctx.append(workers)
    return app
