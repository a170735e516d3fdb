"""Sends a body without end."""

import asyncio

from aiohttp import web


async def index(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    while True:
        await response.write(b"Hello from Ada")
        await asyncio.sleep(0.001)
    return response


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
