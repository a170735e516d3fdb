"""Takes a hundred megabytes for a moment."""

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    assert len(bytearray(100 * 1024 * 1024))
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
