"""Puts something else where pytest is imported from."""

import sys
import types

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


sys.modules["pytest"] = types.ModuleType("pytest")
