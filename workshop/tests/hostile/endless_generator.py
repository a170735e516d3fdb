"""Hands the response a generator without end."""

import asyncio

from aiohttp import web


async def greetings():
    while True:
        yield b"Hello from Ada"
        await asyncio.sleep(0.001)


async def index(request: web.Request) -> web.Response:
    return web.Response(body=greetings(), content_type="text/plain")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
