"""Skips every check."""

import pytest
from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(status=501)


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


pytest.skip("not today", allow_module_level=True)
