"""The downloader gets every page, with few connections, and says what it could not get."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from click.testing import CliRunner, Result

from . import app as pages
from . import downloader
from .app import PAGES, TRAFFIC, create_app

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer
    from pytest_aiohttp.plugin import AiohttpServer

Run = Callable[..., Awaitable[Result]]
Meet = Callable[[web.Application, int], None]


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> Meet:
    """Let an app answer nobody until so many requests are open at once."""

    def gate(made: web.Application, wanted: int) -> None:
        opened = asyncio.Event()

        async def sleep(seconds: float) -> None:
            if made[TRAFFIC].open >= wanted:
                opened.set()
            async with asyncio.timeout(10):
                await opened.wait()

        monkeypatch.setattr(pages, "asyncio", SimpleNamespace(sleep=sleep))

    return gate


@pytest.fixture
async def server(aiohttp_server: "AiohttpServer") -> "TestServer":
    """The page server, with a hundredth of a second for a page."""
    return await aiohttp_server(create_app(latency=0.01))


@pytest.fixture
def run(server: "TestServer", data: Path) -> Run:
    """Call the program as a terminal would, beside the server."""

    async def call(*words: str) -> Result:
        told = ["--server", str(server.make_url("/")), *words]
        return await asyncio.to_thread(CliRunner().invoke, downloader.main, told)

    return call


def refused(result: Result) -> str:
    """Return what a program says that ended with exit code 1, and not by a traceback."""
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    assert not result.stdout
    return result.stderr


def kept(folder: Path) -> dict[int, str]:
    """Return what lies in the folder."""
    return {int(path.stem): path.read_text("utf-8") for path in folder.iterdir()}


async def test_all_seven(run: Run, data: Path) -> None:
    """All pages come, the last one too, and nothing else."""
    result = await run()
    assert (result.exit_code, result.stdout) == (0, "7 pages are on the disk.\n")
    assert kept(data) == {number: f"{text}\n" for number, text in PAGES.items()}


async def test_a_page_that_is_not_there(run: Run, data: Path) -> None:
    """A 404 is an error that names the page, and is not kept as one."""
    said = refused(await run("8010", "8099"))
    assert said == "Error: Page 8099: 404 Not Found\n"
    assert not (data / "8099.txt").exists()


async def test_full_disk(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that cannot be written is an error."""

    def full(path: Path, text: str, encoding: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert refused(await run("8012")) == "Error: Page 8012: No space left on device\n"


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_at_most_none(number: str, data: Path) -> None:
    """Fewer than one at a time would wait for ever: a usage error, and nothing is asked."""
    result = CliRunner().invoke(downloader.main, ["8010", "--at-most", number])
    assert result.exit_code == 2
    assert "--at-most" in result.stderr


async def test_nobody_there(unused_tcp_port: int, data: Path) -> None:
    """Without a server every page says so."""
    words = ["8010", "--server", f"http://127.0.0.1:{unused_tcp_port}"]
    said = refused(await asyncio.to_thread(CliRunner().invoke, downloader.main, words))
    assert said.startswith("Error: Page 8010: Cannot connect")


async def test_no_answer(
    aiohttp_server: "AiohttpServer", monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    """A server that takes too long is given up."""
    monkeypatch.setattr(downloader, "TIMEOUT", ClientTimeout(total=0.01))
    slow = await aiohttp_server(create_app(latency=0.2))
    async with ClientSession(slow.make_url("/"), timeout=downloader.TIMEOUT) as session:
        with pytest.raises(downloader.PageError, match="Page 8010: no answer within"):
            await downloader.fetch(session, 8010)


@pytest.mark.parametrize("at_most", [1, 3, 7])
async def test_limit(run: Run, server: "TestServer", meet: Meet, at_most: int) -> None:
    """So many requests at a time, on as many connections: one session keeps them."""
    meet(server.app, at_most)
    await run("--at-most", f"{at_most}")
    seen = server.app[TRAFFIC]
    assert seen.most == len(seen.peers) == at_most
