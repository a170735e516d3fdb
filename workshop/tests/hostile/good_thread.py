"""Starts a thread that ends by itself."""

import threading

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    thread = threading.Thread(target=len, args=("Ada",))
    thread.start()
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
