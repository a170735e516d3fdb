"""Writes lines without end into every open file descriptor."""

import os

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    while True:
        for number in range(3, 40):
            try:
                os.write(number, b"x" * 4000 + b"\n")
            except OSError:
                pass
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
