"""Prints for ever in the handler, and holds exceptions back."""

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    while True:
        try:
            print("still here")
        except Exception:
            pass
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
