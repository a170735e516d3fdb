"""A middleware waits for a lock that it holds itself."""

import asyncio

from aiohttp import web

lock = asyncio.Lock()


@web.middleware
async def one_at_a_time(request: web.Request, handler) -> web.StreamResponse:
    async with lock, lock:
        return await handler(request)


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    app.middlewares.append(one_at_a_time)
    return app
