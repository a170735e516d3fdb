"""Fills the memory bit by bit and keeps all of it."""

from aiohttp import web

kept = []


async def index(request: web.Request) -> web.Response:
    while True:
        kept.append(bytearray(16 * 1024 * 1024))
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
