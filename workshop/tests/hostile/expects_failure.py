"""Says that failing is expected."""

import pytest
from aiohttp import web


async def index(request: web.Request) -> web.Response:
    return web.Response(status=501)


def create_app() -> web.Application:
    pytest.xfail("on purpose")
