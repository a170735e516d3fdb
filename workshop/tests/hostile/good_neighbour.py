"""Imports a module that lies beside it."""

from aiohttp import web

from . import html_page


async def index(request: web.Request) -> web.Response:
    assert html_page.create_app
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
