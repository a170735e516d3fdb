"""Closes every file descriptor."""

import os

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    os.closerange(0, 200)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
