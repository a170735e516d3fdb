"""Leaves a daemon: another session, no parent, another folder, the pipes held open."""

import os
import time

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir("/")
        time.sleep(600)
    os._exit(0)
os.wait()
