"""A task that does not let itself be cancelled."""

import asyncio

from aiohttp import web

TASK = web.AppKey("task", asyncio.Task[None])


async def tick() -> None:
    while True:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            pass


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


async def start(app: web.Application) -> None:
    app[TASK] = asyncio.create_task(tick())


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    app.on_startup.append(start)
    return app
