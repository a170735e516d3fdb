"""Does strange things that harm nobody else."""

import os
import random
import sys

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


sys.stdout = None
sys.excepthook = None
sys.setrecursionlimit(5000)
os.environ["HOME"] = "/nowhere"
random.seed(1)
