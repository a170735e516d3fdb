# whole
"""The fake looks at the path alone, and the test at the number of requests.

check: test_method
says: came past the fault and passed
"""

from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from steps.step08_tests.client import Client, RefusedError
from steps.step08_tests.posts import Post

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpServer

LOOPS = Post(7, "On loops", "A loop waits.", "Ada", "Ada")


class Fake:
    """A server that gives each address its answer, and remembers what it was asked."""

    def __init__(self, answers: dict[str, tuple[int, object]]) -> None:
        self.answers = answers
        """Status and JSON by method and path: {"/api/posts/7": (200, {...})}."""
        self.asked: list[str] = []
        self.tokens: list[str | None] = []
        """The header Authorization of each request."""

    async def answer(self, request: web.Request) -> web.Response:
        """Give the answer that belongs to the address, 404 when there is none."""
        address = str(request.rel_url)
        self.asked.append(address)
        self.tokens.append(request.headers.get("Authorization"))
        status, data = self.answers.get(address, (404, {"error": {"reason": "not faked"}}))
        return web.json_response(data, status=status)

    async def start(self, aiohttp_server: "AiohttpServer") -> str:
        """Listen on a port of its own; return the address to give to a client."""
        app = web.Application()
        app.add_routes([web.route("*", "/{path:.*}", self.answer)])
        return str((await aiohttp_server(app)).make_url("/"))


async def test_read(aiohttp_server: "AiohttpServer") -> None:
    """A post that the server sends becomes a Post, whatever else the server sends with it."""
    fake = Fake({"/api/posts/7": (200, asdict(LOOPS) | {"likes": 5})})
    async with Client(await fake.start(aiohttp_server)) as blog:
        assert await blog.read(7) == LOOPS


async def test_reason(aiohttp_server: "AiohttpServer") -> None:
    """A refusal is an error with the server's own reason."""
    fake = Fake({"/api/posts": (507, {"error": {"reason": "The blog is full"}})})
    async with Client(await fake.start(aiohttp_server)) as blog:
        with pytest.raises(RefusedError) as caught:
            await blog.create(title="On loops", text="A loop waits.")
    assert (caught.value.status, caught.value.reason) == (507, "The blog is full")


async def test_pages(aiohttp_server: "AiohttpServer") -> None:
    """All pages of the list are read, one after the other."""
    last = Post(8, "On looms", "A loom weaves.", "Ada", "Ada")
    fake = Fake(
        {
            "/api/posts?limit=100": (200, {"posts": [asdict(LOOPS)], "next": "/api/posts?b"}),
            "/api/posts?b": (200, {"posts": [asdict(last)], "next": None}),
        }
    )
    async with Client(await fake.start(aiohttp_server)) as blog:
        assert [post async for post in blog.posts()] == [LOOPS, last]


async def test_token(aiohttp_server: "AiohttpServer") -> None:
    """After the login each request carries the token that the server gave."""
    fake = Fake(
        {
            "/api/login": (201, {"token": "abc"}),
            "/api/posts/7": (200, asdict(LOOPS)),
        }
    )
    async with Client(await fake.start(aiohttp_server)) as blog:
        await blog.login("Ada", "it weaves flowers")
        await blog.update(7, title="On loops")
    assert len(fake.asked) == 2
    assert fake.tokens == [None, "Bearer abc"]
