"""A real server on a port of its own: plain, with https, behind a proxy, started anew."""

import asyncio
import ssl
from ipaddress import ip_network
from typing import TYPE_CHECKING

import aiohttp
import pytest
import trustme
from aiohttp import web

from ..app import create_app, main
from ..config import Config, from_environment
from .people import Browser, Client

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpClient, AiohttpServer


async def test_words_on_the_wire(app: web.Application, aiohttp_server: "AiohttpServer") -> None:
    """The server answers whoever speaks HTTP, here by hand."""
    server = await aiohttp_server(app)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"GET /api/posts/1 HTTP/1.1\r\nHost: blog\r\nConnection: close\r\n\r\n")
    async with asyncio.timeout(2):
        answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")


async def test_a_cookie_that_is_no_text(
    app: web.Application, aiohttp_server: "AiohttpServer"
) -> None:
    """A client would mend such bytes; sent by hand, they are nobody's, and no fault of ours."""
    server = await aiohttp_server(app)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"GET /new HTTP/1.1\r\nHost: blog\r\nConnection: close\r\n")
    writer.write(b"Cookie: blog=\xff\r\n\r\n")
    async with asyncio.timeout(2):
        answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 303 ")


@pytest.fixture
def authority() -> trustme.CA:
    """Signs certificates that are good for this test only."""
    return trustme.CA()


async def test_https(
    app: web.Application, aiohttp_server: "AiohttpServer", authority: trustme.CA
) -> None:
    """With https the session's cookie is marked: never send it without."""
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(theirs)
    server = await aiohttp_server(app, ssl=theirs)
    ours = ssl.create_default_context()
    authority.configure_trust(ours)
    connector = aiohttp.TCPConnector(ssl=ours)
    async with aiohttp.ClientSession(connector=connector) as session:
        response = await session.get(server.make_url("/login"))
        assert response.status == 200
        assert "Secure" in response.headers["Set-Cookie"]


async def test_behind_a_proxy(config: Config, aiohttp_client: "AiohttpClient") -> None:
    """A proxy that we know speaks for its clients."""
    trusting = Config(config.data, proxies=(ip_network("127.0.0.1"),))
    client = await aiohttp_client(create_app(trusting))
    headers = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    response = await client.get("/login", headers=headers)
    assert "Secure" in response.headers["Set-Cookie"]


async def test_a_restart_loses_nothing(
    ada: Browser, config: Config, aiohttp_client: "AiohttpClient"
) -> None:
    """Posts and logins are there when the server comes back."""
    await ada.send("/1/edit", title="New", text="Newer")
    cookies = ada.client.session.cookie_jar.filter_cookies(ada.client.make_url("/"))
    await ada.client.close()
    again: Client = await aiohttp_client(create_app(config), cookies=cookies)
    text = await Browser(again).page("/1")
    assert "<h1>New</h1>" in text
    assert "Log out Ada" in text


def test_main(monkeypatch: pytest.MonkeyPatch, config: Config) -> None:
    """The program listens on this machine only, on the port of PORT."""
    asked: dict[str, object] = {}
    monkeypatch.setattr(web, "run_app", lambda app, **options: asked.update(options))
    monkeypatch.setenv("PORT", "8081")
    monkeypatch.setenv("WORKSHOP_DATA", str(config.data))
    main()
    assert (asked["host"], asked["port"]) == ("127.0.0.1", 8081)


@pytest.mark.parametrize("text", ["", "abc", "-1", "65536"])
def test_a_port_that_is_none(
    monkeypatch: pytest.MonkeyPatch,
    config: Config,
    capsys: pytest.CaptureFixture[str],
    text: str,
) -> None:
    """The start ends with a sentence that names the setting, and with 2, as a wrong call does."""
    monkeypatch.setenv("PORT", text)
    monkeypatch.setenv("WORKSHOP_DATA", str(config.data))
    with pytest.raises(SystemExit, match=r"^2$"):
        main()
    assert capsys.readouterr().err == f"PORT must be a number from 0 to 65535, not {text!r}\n"


def test_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment says what differs from one place to the next."""
    monkeypatch.setenv("WORKSHOP_PROXIES", "127.0.0.1, 10.0.0.0/8")
    monkeypatch.setenv("WORKSHOP_KEY", "secret")
    config = from_environment()
    assert config.key == "secret"
    assert [str(network) for network in config.proxies] == ["127.0.0.1/32", "10.0.0.0/8"]
