"""Calls itself without end, past Python's limit."""

import sys

from aiohttp import web

sys.setrecursionlimit(10**9)


def count(number: int) -> int:
    return count(number + 1) + 1


async def index(request: web.Request) -> web.Response:
    count(0)
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
