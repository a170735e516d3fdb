"""Runs another program, and waits for its end."""

import asyncio
import sys

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print('Ada')", stdout=asyncio.subprocess.PIPE
    )
    name, _ = await program.communicate()
    assert name.strip() == b"Ada"
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
