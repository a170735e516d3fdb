"""Raises an exception that ends whoever wants to show it."""

from aiohttp import web


class Silent(Exception):
    def __str__(self) -> str:
        raise GeneratorExit("I say nothing")

    __repr__ = __str__


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


raise Silent
