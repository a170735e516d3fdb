"""Has pools of threads: its own, which waits for work, and the event loop's."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

pool = ThreadPoolExecutor()


async def index(request: web.Request) -> web.Response:
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(pool, len, "Ada") == 3
    assert await asyncio.to_thread(len, "Ada") == 3
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
