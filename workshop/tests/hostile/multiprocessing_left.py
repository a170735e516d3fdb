"""Starts a process by multiprocessing and leaves it running."""

import multiprocessing
import time

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


multiprocessing.get_context("fork").Process(target=time.sleep, args=(600,), daemon=True).start()
