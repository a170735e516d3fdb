"""Answers with a status that there is not, and a reason without end."""

import os

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(status=99999, reason="x" * 100_000, text=str(os.name))
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
