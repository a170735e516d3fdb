"""Starts a program in a session of its own, without a parent and without the environment."""

import subprocess

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


subprocess.run("sleep 600 & sleep 0.2", shell=True, start_new_session=True, env={})
