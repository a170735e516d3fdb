"""Waits in the handler for an event that nobody sets."""

import asyncio

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    answered = asyncio.Event()
    await answered.wait()
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
