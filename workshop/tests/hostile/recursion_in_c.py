"""Recurses through C with Python's limit lifted, until the stack is used up."""

import sys

from aiohttp import web

sys.setrecursionlimit(10**9)


class Chain:
    def __init__(self, inner: object) -> None:
        self.inner = inner

    def __repr__(self) -> str:
        return repr([self])


async def index(request: web.Request) -> web.Response:
    repr(Chain(None))
    return web.Response(text="Hello from Ada")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
