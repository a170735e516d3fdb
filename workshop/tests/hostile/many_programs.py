"""Starts a hundred programs."""

import subprocess

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    programs = [subprocess.Popen(["sleep", "600"]) for _ in range(100)]
    programs[0].wait()
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
