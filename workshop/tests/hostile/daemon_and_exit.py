"""Starts a program in a session of its own, without the environment, and ends at once."""

import os
import subprocess

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    os._exit(0)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


KEPT = subprocess.Popen(["sleep", "600"], start_new_session=True, env={})
