"""Says something, but makes no app."""

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def make_app() -> web.Application:
    return web.Application()
