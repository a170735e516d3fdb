"""Hands the loop's pool a job without end."""

import asyncio
import threading

from aiohttp import web


def count() -> None:
    threading.Event().wait()


async def index(request: web.Request) -> web.Response:
    asyncio.get_running_loop().run_in_executor(None, count)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
