"""Ends the program in the handler."""

import sys

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    sys.exit(0)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
