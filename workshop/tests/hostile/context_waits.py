"""Waits for ever before its yield."""

import asyncio

from aiohttp import web


async def forever() -> None:
    await asyncio.Event().wait()


async def tick(app: web.Application):
    await forever()
    yield


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    app.cleanup_ctx.append(tick)
    return app
