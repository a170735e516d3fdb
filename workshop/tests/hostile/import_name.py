"""Imports a name that the package does not have."""

from aiohttp import web
from aiohttp.web import Respones


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
