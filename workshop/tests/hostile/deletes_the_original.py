"""Deletes the learner's own file, which it knows from its code object."""

import os

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    os.remove(index.__code__.co_filename)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
