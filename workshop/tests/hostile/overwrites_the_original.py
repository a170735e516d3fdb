"""Empties the learner's own file."""

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    open(index.__code__.co_filename, "w").close()
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
