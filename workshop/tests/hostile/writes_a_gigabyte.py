"""Writes a gigabyte past Python's print."""

import os

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    for _ in range(1024):
        os.write(1, b"x" * 1024 * 1024)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
