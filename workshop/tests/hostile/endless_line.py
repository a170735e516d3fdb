"""Writes one line without end into every open pipe."""

import os
import stat

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    pipes = []
    for number in range(40):
        try:
            if stat.S_ISFIFO(os.fstat(number).st_mode):
                pipes.append(number)
        except OSError:
            pass
    while True:
        for pipe in pipes:
            os.write(pipe, b"x" * 65536)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
