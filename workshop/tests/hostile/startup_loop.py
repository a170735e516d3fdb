"""Loops without end in a callback that runs when the app starts."""

from aiohttp import web


async def warm_up(app: web.Application) -> None:
    while True:
        pass


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    app.on_startup.append(warm_up)
    return app
