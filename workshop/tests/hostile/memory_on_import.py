"""Fills the memory with small objects while it is imported."""

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


kept = []
while True:
    kept.append([None] * 1000)
