"""Reads memory that is not there, so that Python itself crashes."""

import ctypes

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    ctypes.string_at(1)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
