"""Sets an alarm that ends the process."""

import signal
import time

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    time.sleep(3600)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
