"""The race: every way gets every page; the table and the chart tell what was measured."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from aiohttp import web
from click.testing import CliRunner

from . import app as pages
from . import race
from .app import PAGES, TRAFFIC, create_app
from .race import Lap, table
from .ways import WAYS

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpServer

LAPS = [Lap("requests, in turn", 3.5, 7), Lap("aiohttp, one session", 0.51, 7)]
CONNECTIONS = [7, 1, 7, 7, 3]
AT_ONCE = [1, 1, 7, 7, 3]
CASES = list(zip(WAYS, CONNECTIONS, AT_ONCE, strict=True))
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


@pytest.mark.parametrize(("way", "connections", "at_once"), CASES)
async def test_ways(
    aiohttp_server: "AiohttpServer", meet: Meet, way: str, connections: int, at_once: int
) -> None:
    """Each way gets all pages, in order, by as many connections as it says."""
    server = await aiohttp_server(create_app())
    meet(server.app, at_once)
    texts = await asyncio.to_thread(WAYS[way], str(server.make_url("")).rstrip("/"))
    assert texts == [f"{text}\n" for text in PAGES.values()]
    seen = server.app[TRAFFIC]
    assert (len(seen.peers), seen.most) == (connections, at_once)


@pytest.mark.parametrize("way", WAYS)
async def test_no_way_takes_a_refusal_for_a_page(aiohttp_server: "AiohttpServer", way: str) -> None:
    """A server without pages is an error, whatever the way."""
    server = await aiohttp_server(web.Application())
    with pytest.raises(Exception, match=r"404|unhandled errors in a TaskGroup"):
        await asyncio.to_thread(WAYS[way], str(server.make_url("")).rstrip("/"))


def test_table() -> None:
    """The table compares with the first lap, and with the limit."""
    rows = [line.split() for line in table(LAPS, 0.5).splitlines()[1:]]
    assert rows[0] == ["requests,", "in", "turn", "3.500", "1.00", "7"]
    assert rows[1] == ["aiohttp,", "one", "session", "0.510", "6.86", "7"]
    assert rows[2] == ["the", "limit", "0.500", "7.00"]


def test_program(tmp_path: Path) -> None:
    """The program runs the race against a server of its own, and writes the chart of that run."""
    chart = tmp_path / "race.svg"
    result = CliRunner().invoke(race.main, ["--latency", "0.01", "--chart", str(chart)])
    assert result.exit_code == 0, result.output
    words = "".join(ET.fromstring(chart.read_text("utf-8")).itertext())  # noqa: S314 - ours
    for line in result.stdout.splitlines()[1:6]:
        way, seconds = line[:26].strip(), line[26:].split()[0]
        assert f"{way}: {seconds} seconds." in words
