"""Starts twenty programs in sessions of their own, without the environment."""

import subprocess

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    for _ in range(5):
        subprocess.Popen(["sleep", "600"], start_new_session=True, env={})
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
