"""Asks for more memory than there is, in one go."""

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    bytearray(10**12)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
