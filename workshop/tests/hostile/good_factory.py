"""Makes its app in a coroutine, as a subclass may be made."""

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


async def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
