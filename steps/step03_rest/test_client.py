"""The client and the command line, against the real server and against strange ones."""

import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from click.testing import CliRunner, Result

from .cli import cli
from .client import Client, RefusedError
from .posts import Post

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpServer

NEW = ["create", "--title", "On loops", "--text", "A loop waits.", "--owner", "Alan"]
ADA = Post(1, "Notes on the Analytical Engine", "It weaves.", "Ada", "Ada")


@pytest.fixture
async def server(app: web.Application, aiohttp_server: "AiohttpServer") -> TestServer:
    """The blog on a real port."""
    return await aiohttp_server(app)


async def run(server: TestServer, *words: str) -> Result:
    """Run the command line beside the server."""
    command = ["--server", str(server.make_url("/")), *words]
    return await asyncio.to_thread(CliRunner().invoke, cli, command)


def lone(text: str, status: int = 200) -> web.Application:
    """Make a server that gives the same answer to everything."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=text, status=status, content_type="application/json")

    app = web.Application()
    app.add_routes([web.route("*", "/{path:.*}", handler)])
    return app


async def test_client_does_it_all(server: TestServer) -> None:
    """Create, read, update, list and delete."""
    async with Client(str(server.make_url("/"))) as blog:
        made = await blog.create(title="On loops", text="A loop waits.", owner="Alan")
        assert made == Post(3, "On loops", "A loop waits.", "Alan", "Alan")
        changed = await blog.update(3, title="On waiting", editor="Ada")
        assert changed == Post(3, "On waiting", "A loop waits.", "Alan", "Ada")
        assert await blog.read(3) == changed
        await blog.delete(3)
        assert [post.id async for post in blog.posts()] == [1, 2]


async def test_client_lists_every_page(server: TestServer) -> None:
    """The list goes on over as many pages as there are."""
    async with Client(str(server.make_url("/"))) as blog:
        for _ in range(101):
            await blog.create(title="On loops", text="A loop waits.", owner="Alan")
        assert [post.id async for post in blog.posts()] == list(range(1, 104))


async def test_client_keeps_the_reason(server: TestServer) -> None:
    """What the server says is what the caller gets."""
    async with Client(str(server.make_url("/"))) as blog:
        with pytest.raises(RefusedError) as caught:
            await blog.read(99)
    assert (caught.value.status, caught.value.reason) == (404, "There is no such post")


async def test_a_new_field_breaks_nothing(aiohttp_server: "AiohttpServer") -> None:
    """The client leaves out what it does not know."""
    server = await aiohttp_server(lone(json.dumps(asdict(ADA) | {"likes": 5})))
    async with Client(str(server.make_url("/"))) as blog:
        assert await blog.read(1) == ADA


@pytest.mark.parametrize("text", ["<h1>Bad Gateway</h1>", '{"error": 5}', "[]", "null"])
async def test_a_reason_from_somebody_else(aiohttp_server: "AiohttpServer", text: str) -> None:
    """An error that is not of our shape still has its status and a reason."""
    server = await aiohttp_server(lone(text, 502))
    async with Client(str(server.make_url("/"))) as blog:
        with pytest.raises(RefusedError, match=r"Bad Gateway \(502\)"):
            await blog.delete(1)


async def test_cli_prints_text(server: TestServer) -> None:
    """Without --json people can read it."""
    result = await run(server, "list")
    assert result.stdout.splitlines() == [
        "1  Notes on the Analytical Engine (Ada)",
        "2  A moth in relay 70 (Grace)",
    ]
    result = await run(server, "get", "1")
    assert result.stdout == "1  Notes on the Analytical Engine\n\nIt weaves.\n\nAda\n"


async def test_cli_prints_json(server: TestServer) -> None:
    """With --json programs can."""
    made = json.loads((await run(server, *NEW, "--json")).stdout)
    assert made["id"] == 3
    changed = json.loads((await run(server, "update", "3", "--title", "New", "--json")).stdout)
    assert changed == made | {"title": "New"}
    assert json.loads((await run(server, "get", "3", "--json")).stdout) == changed
    assert json.loads((await run(server, "list", "--json")).stdout)[2] == changed
    gone = await run(server, "delete", "3")
    assert (gone.exit_code, gone.output) == (0, "")


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (["get", "99"], 1, "There is no such post (404)"),
        (["delete", "99"], 1, "There is no such post (404)"),
        (["update", "1", "--title", " "], 1, "title must be text"),
        ([*NEW[:-1], "../x"], 1, "owner must be letters a-z and digits only"),
        (["update", "1"], 2, "Give --title"),
        (["get", "one"], 2, "not a valid integer"),
        (["get", "0"], 2, "not in the range"),
        (["create"], 2, "Missing option"),
        (["publish"], 2, "No such command"),
    ],
)
async def test_cli_refuses(server: TestServer, words: list[str], code: int, reason: str) -> None:
    """The reason goes to stderr, nothing to stdout; 1 is the server's no, 2 a wrong call."""
    result = await run(server, *words)
    assert result.exit_code == code
    assert reason in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("text", ["<h1>Welcome</h1>", "{}", "[]", "null"])
async def test_cli_meets_another_server(aiohttp_server: "AiohttpServer", text: str) -> None:
    """What is no blog is said to be none."""
    server = await aiohttp_server(lone(text))
    for command in ["get", "1"], ["list"]:
        result = await run(server, *command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "No blog answers at" in result.stderr


@pytest.mark.parametrize(
    ("server", "reason"),
    [("http://127.0.0.1:1", "nobody is there"), ("blog", "no address"), ("http://", "no address")],
)
async def test_cli_meets_nobody(server: str, reason: str) -> None:
    """Nobody there: exit code 2, no traceback, and plain words."""
    result = await asyncio.to_thread(CliRunner().invoke, cli, ["--server", server, "list"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert reason in result.stderr
    assert "Error(" not in result.stderr
