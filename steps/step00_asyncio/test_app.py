"""The page server: seven pages, each after a while, and what it has seen of its clients."""

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from . import app as pages
from .app import PAGES, create_app, main

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpClient

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def quick(aiohttp_client: "AiohttpClient") -> Client:
    """A client of a server that takes a hundredth of a second for a page."""
    return await aiohttp_client(create_app(latency=0.01))


async def test_seven_pages(quick: Client) -> None:
    """The pages 8010 to 8016 are there, each with a text of its own."""
    texts = set()
    for number in range(8010, 8017):
        response = await quick.get(f"/pages/{number}")
        assert response.status == 200
        texts.add(await response.text())
    assert len(texts) == len(PAGES) == 7


@pytest.mark.parametrize("path", ["8009", "8017", "0", "x", "-1", "9999999999", ""])
async def test_no_other_page(quick: Client, path: str) -> None:
    """Any other number, and what is none, is a 404."""
    response = await quick.get(f"/pages/{path}")
    assert response.status == 404


async def test_traffic(quick: Client) -> None:
    """It counts connections, and requests that are open at once."""
    for number in PAGES:
        await quick.get(f"/pages/{number}")
    assert await (await quick.get("/traffic")).json() == {"connections": 1, "most": 1}


async def test_together(aiohttp_client: "AiohttpClient", monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests wait beside each other: the seventh comes before the first is answered."""
    client: Client = await aiohttp_client(create_app())
    all_here = asyncio.Barrier(7)
    monkeypatch.setattr(pages, "asyncio", SimpleNamespace(sleep=lambda _: all_here.wait()))
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        for number in PAGES:
            group.create_task(client.get(f"/pages/{number}"))
    assert await (await client.get("/traffic")).json() == {"connections": 7, "most": 7}


def test_listens_on_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """`main()` binds 127.0.0.1 and the port of PORT."""
    asked: dict[str, Any] = {}
    monkeypatch.setattr(web, "run_app", lambda app, **options: asked.update(options))
    monkeypatch.setenv("PORT", "8081")
    main()
    assert asked == {"host": "127.0.0.1", "port": 8081}


@pytest.mark.parametrize("text", ["", "abc", "-1", "65536"])
def test_a_port_that_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """The start ends with a sentence that names the setting, and with 2, as a wrong call does."""
    monkeypatch.setenv("PORT", text)
    with pytest.raises(SystemExit, match=r"^2$"):
        main()
    assert capsys.readouterr().err == f"PORT must be a number from 0 to 65535, not {text!r}\n"
