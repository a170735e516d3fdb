# whole
"""TestServer itself, without a fixture."""

from dataclasses import asdict

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from steps.step08_tests.client import Client, RefusedError
from steps.step08_tests.posts import Post

LOOPS = Post(7, "On loops", "A loop waits.", "Ada", "Ada")
LOOMS = Post(8, "On looms", "A loom weaves.", "Ada", "Ada")


class Fake:
    def __init__(self, status: int, data: object, pages: object = None) -> None:
        self.status, self.data, self.pages = status, data, pages
        self.seen: list[tuple[str, str | None]] = []

    async def __call__(self, request: web.Request) -> web.Response:
        self.seen.append((request.method, request.headers.get("Authorization")))
        data = self.pages if request.query_string == "2" else self.data
        return web.json_response(data, status=self.status)

    def server(self) -> TestServer:
        app = web.Application()
        app.add_routes([web.route("*", "/{path:.*}", self.__call__)])
        return TestServer(app)


async def test_all() -> None:
    fake = Fake(200, {**asdict(LOOPS), "token": "x"})
    async with fake.server() as server, Client(str(server.make_url("/"))) as blog:
        await blog.login("Ada", "it weaves")
        assert await blog.update(7) == LOOPS
    assert fake.seen == [("POST", None), ("PATCH", "Bearer x")]


async def test_refused() -> None:
    fake = Fake(429, {"error": {"status": 429, "reason": "Slowly"}})
    async with fake.server() as server, Client(str(server.make_url("/"))) as blog:
        with pytest.raises(RefusedError) as caught:
            await blog.create()
    assert str(caught.value) == "Slowly (429)"


async def test_pages() -> None:
    first = {"posts": [asdict(LOOPS)], "next": "/?2"}
    fake = Fake(200, first, {"posts": [asdict(LOOMS)], "next": None})
    async with fake.server() as server, Client(str(server.make_url("/"))) as blog:
        assert [post.id async for post in blog.posts()] == [7, 8]
