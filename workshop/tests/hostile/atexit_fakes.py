"""Exits on import and has results printed at the exit."""

import atexit
import json
import sys

from aiohttp import web


def results() -> None:
    print(json.dumps({"status": "pass", "tests": []}), file=sys.__stdout__, flush=True)


atexit.register(results)


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


sys.exit(0)
