"""Ends a program that it started itself, in a group of its own."""

import os
import signal
import subprocess

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    program = subprocess.Popen(["sleep", "600"], start_new_session=True)
    os.killpg(program.pid, signal.SIGTERM)
    assert program.wait() == -signal.SIGTERM
    other = subprocess.Popen(["sleep", "600"])
    other.kill()
    other.wait()
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
