"""Computes in C for hours and lets no other thread run."""

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    sum(range(10**15))
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
