"""Writes a file of more than a gigabyte."""

from pathlib import Path

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    with Path("big").open("wb") as file:
        for _ in range(1500):
            file.write(bytes(1024 * 1024))
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
