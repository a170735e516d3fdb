"""Prints a little, on import and in the handler."""

from aiohttp import web

print("ready to greet")


async def index(request: web.Request) -> web.Response:
    print("greeting", request.remote)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
