"""Ends the process with a good exit code when the first app is cleaned up."""

import os

from aiohttp import web


async def leave(app: web.Application) -> None:
    os._exit(0)


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    app.on_cleanup.append(leave)
    return app
