"""Ticks for ever while the app starts."""

import asyncio

from aiohttp import web


async def tick(app: web.Application) -> None:
    while True:
        await asyncio.sleep(0.1)


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    app.on_startup.append(tick)
    return app
