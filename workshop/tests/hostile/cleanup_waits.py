"""Never comes to an end when the app is cleaned up."""

import asyncio

from aiohttp import web


async def close(app: web.Application) -> None:
    await asyncio.Event().wait()


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    app.on_cleanup.append(close)
    return app
