"""The client, against a fake server that says what a test wants it to say."""

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from click.testing import CliRunner

from ..cli import cli
from ..client import Client, RefusedError
from ..posts import Post

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpServer

ADA = Post(1, "Notes", "It weaves.", "Ada", "Ada")


class Fake:
    """A blog that remembers what it was asked, and answers from a list."""

    def __init__(self, *answers: tuple[int, object]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str, str]] = []

    async def answer(self, request: web.Request) -> web.Response:
        """Give the next answer."""
        status, data = self.answers.pop(0)
        header = request.headers.get("Authorization", "")
        self.asked.append((request.method, str(request.rel_url), header))
        return web.json_response(data, status=status)

    async def start(self, aiohttp_server: "AiohttpServer") -> TestServer:
        """Listen on a port of its own, at every address."""
        app = web.Application()
        app.add_routes([web.route("*", "/{path:.*}", self.answer)])
        return await aiohttp_server(app)


async def test_reads_every_page(aiohttp_server: "AiohttpServer") -> None:
    """The client goes on to the next page until there is none."""
    pages = [{"posts": [asdict(ADA)], "next": "/api/posts?offset=1"}, {"posts": [], "next": None}]
    fake = Fake((200, pages[0]), (200, pages[1]))
    server = await fake.start(aiohttp_server)
    async with Client(str(server.make_url("/"))) as blog:
        assert [post async for post in blog.posts()] == [ADA]
    assert [path for _, path, _ in fake.asked] == ["/api/posts?limit=100", "/api/posts?offset=1"]


async def test_a_new_field_breaks_nothing(aiohttp_server: "AiohttpServer") -> None:
    """A server that knows more than the client is understood."""
    server = await Fake((200, asdict(ADA) | {"likes": 5})).start(aiohttp_server)
    async with Client(str(server.make_url("/"))) as blog:
        assert await blog.read(1) == ADA


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"error": {"status": 507, "reason": "The blog is full"}}, "The blog is full"),
        ({"error": "full"}, "Insufficient Storage"),
        (None, "Insufficient Storage"),
    ],
)
async def test_keeps_the_reason(aiohttp_server: "AiohttpServer", data: object, reason: str) -> None:
    """A refusal says why: in the server's words, or in those of HTTP."""
    server = await Fake((507, data)).start(aiohttp_server)
    async with Client(str(server.make_url("/"))) as blog:
        with pytest.raises(RefusedError) as caught:
            await blog.create(title="On loops", text="A loop waits.")
    assert (caught.value.status, caught.value.reason) == (507, reason)


async def test_the_token_goes_along(aiohttp_server: "AiohttpServer") -> None:
    """After the login every request says who asks."""
    fake = Fake((201, {"token": "abc"}), (204, None))
    server = await fake.start(aiohttp_server)
    async with Client(str(server.make_url("/"))) as blog:
        await blog.login("Ada", "it weaves flowers")
        await blog.delete(1)
    assert fake.asked[1] == ("DELETE", "/api/posts/1", "Bearer abc")


@pytest.mark.parametrize(
    ("words", "answer", "code", "output"),
    [
        (["get", "1"], (200, asdict(ADA)), 0, "1  Notes"),
        (["get", "1", "--json"], (200, asdict(ADA)), 0, '{"id": 1'),
        (["list"], (200, {"posts": [asdict(ADA)], "next": None}), 0, "1  Notes (Ada)"),
        (["get", "9"], (404, {"error": {"reason": "No such post"}}), 1, "No such post (404)"),
        (["get", "1"], (200, "welcome"), 2, "No blog answers"),
        (["update", "1"], (200, None), 2, "Give --title or --text"),
    ],
)
async def test_command_line(
    aiohttp_server: "AiohttpServer",
    words: list[str],
    answer: tuple[int, object],
    code: int,
    output: str,
) -> None:
    """Answers go to stdout with code 0, reasons to stderr with 1 or 2."""
    server = await Fake(answer).start(aiohttp_server)
    command = ["--server", str(server.make_url("/")), *words]
    result = await asyncio.to_thread(CliRunner().invoke, cli, command)
    assert result.exit_code == code
    assert output in (result.stderr if code else result.stdout)
    assert result.stdout == "" or code == 0
