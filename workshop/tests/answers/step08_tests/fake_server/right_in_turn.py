# whole
"""The answers are given in turn, whatever is asked."""

from dataclasses import asdict

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from steps.step08_tests.client import Client, RefusedError
from steps.step08_tests.posts import Post

LOOPS = Post(7, "On loops", "A loop waits.", "Ada", "Ada")
LOOMS = Post(8, "On looms", "A loom weaves.", "Ada", "Ada")


class Fake:
    def __init__(self, *answers: tuple[int, object]) -> None:
        self.answers = list(answers)
        self.asked: list[web.Request] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request)
        status, data = self.answers.pop(0)
        return web.json_response(data, status=status)

    async def client(self, aiohttp_server) -> Client:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self.answer)
        server: TestServer = await aiohttp_server(app)
        return Client(str(server.make_url("/")))


async def test_read(aiohttp_server) -> None:
    fake = Fake((200, {**asdict(LOOPS), "stars": 3}))
    async with await fake.client(aiohttp_server) as blog:
        assert await blog.read(7) == LOOPS


async def test_refused(aiohttp_server) -> None:
    fake = Fake((404, {"error": {"reason": "Gone with the wind"}}))
    async with await fake.client(aiohttp_server) as blog:
        with pytest.raises(RefusedError, match="Gone with the wind"):
            await blog.read(7)


async def test_posts(aiohttp_server) -> None:
    fake = Fake(
        (200, {"posts": [asdict(LOOPS)], "next": "/more"}),
        (200, {"posts": [asdict(LOOMS)], "next": None}),
    )
    async with await fake.client(aiohttp_server) as blog:
        titles = [post.title async for post in blog.posts()]
    assert titles == ["On loops", "On looms"]
    assert fake.asked[1].path == "/more"


async def test_update(aiohttp_server) -> None:
    fake = Fake((201, {"token": "secret"}), (200, asdict(LOOPS)))
    async with await fake.client(aiohttp_server) as blog:
        await blog.login("Ada", "")
        assert await blog.update(7, text="A loop waits.") == LOOPS
    assert fake.asked[1].method == "PATCH"
    assert fake.asked[1].headers["Authorization"] == "Bearer secret"
