"""Blocks the event loop with a sleep that is not asyncio's."""

import time

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    time.sleep(3600)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
