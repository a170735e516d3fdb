"""Has another program delete the learner's own file."""

import subprocess

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


subprocess.run(["rm", "-f", create_app.__code__.co_filename])
raise SystemExit
