"""Deletes another exercise by the descriptor of its folder."""

import inspect
import os
from pathlib import Path

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    frame = inspect.currentframe()
    assert frame
    folder = os.open(Path(frame.f_code.co_filename).parent, os.O_RDONLY)
    os.unlink("html_page.py", dir_fd=folder)
    os.close(folder)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
