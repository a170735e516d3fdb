"""Around every request: numbers, log lines, proxies, safe headers, error pages."""

import asyncio
import logging
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from multidict import CIMultiDict

from . import store
from .app import create_app
from .config import Config

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpClient

Client = TestClient[web.Request, web.Application]
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FORWARDED = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


@pytest.fixture(autouse=True)
def _logged(caplog: pytest.LogCaptureFixture) -> None:
    """Let the lines of INFO through."""
    caplog.set_level(logging.INFO)


async def behind(aiohttp_client: "AiohttpClient", data: Path, *proxies: str) -> Client:
    """Return a client of a blog that believes these proxies; /seen tells what it sees."""

    async def seen(request: web.Request) -> web.Response:
        return web.json_response([request.remote, request.scheme, request.host])

    app = create_app(Config(data, tuple(map(ip_network, proxies))))
    app.router.add_get("/seen", seen)
    return await aiohttp_client(app)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/99", 404),
        ("/api/posts/1", 200),
        ("/1/delete", 405),
        ("/static/blog.css", 200),
    ],
)
async def test_number_headers_and_one_line(
    client: Client, caplog: pytest.LogCaptureFixture, path: str, status: int
) -> None:
    """Every answer has a number of its own, safe headers, and one line in the log."""
    response = await client.get(path)
    assert response.status == status
    number = response.headers["X-Request-ID"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    [line] = [message for message in caplog.messages if number in message]
    assert f"127.0.0.1 GET {path} {status} in" in line
    assert number != (await client.get(path)).headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Range": "bytes=0-9"}, 206),
        ({"If-None-Match": "*"}, 304),
        ({"Range": "bytes=9999999-"}, 416),
    ],
)
async def test_the_log_says_what_was_sent(
    client: Client, caplog: pytest.LogCaptureFixture, headers: dict[str, str], status: int
) -> None:
    """A file knows its status when it is sent; the log has that one."""
    response = await client.get("/static/blog.css", headers=headers)
    assert response.status == status
    number = response.headers["X-Request-ID"]
    [line] = [message for message in caplog.messages if number in message]
    assert f" {status} in" in line


async def test_refused_at_the_door(client: Client) -> None:
    """What aiohttp refuses before any middleware has the headers too, and its status."""
    response = await client.get("/", headers={"Expect": "the unexpected"})
    assert response.status == 417
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_redirect_is_logged_as_one(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """The line has the status that was sent."""
    response = await client.post("/1/delete", allow_redirects=False)
    assert response.status == 303
    assert response.headers["X-Request-ID"]
    assert any("POST /1/delete 303 in" in message for message in caplog.messages)


async def test_nobody_writes_into_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """A line break in the path does not make a line of its own."""
    await client.get("/%0aforged")
    assert not any("\n" in message for message in caplog.messages)


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "TEXT/HTML",
        "*/*",
        "text/html, application/json",
        "application/json;q=0.5, text/*",
    ],
)
async def test_errors_for_people(client: Client, accept: str) -> None:
    """People get a page with the same status, and the number to ask for."""
    for method, path, status in ("GET", "/99", 404), ("PUT", "/", 405), ("GET", "/?offset=x", 400):
        response = await client.request(method, path, headers={"Accept": accept})
        assert (response.status, response.content_type) == (status, "text/html")
        assert response.headers["Vary"] == "Accept"
        assert response.headers["X-Request-ID"] in await response.text()
        assert ("Allow" in response.headers) == (status == 405)


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/99", "application/json"),
        ("/99", "text/html;q=0"),
        ("/99", "text/html;q=0.1, application/json"),
        ("/api/posts/99", BROWSER["Accept"]),
    ],
)
async def test_errors_for_programs(client: Client, path: str, accept: str) -> None:
    """Programs get JSON: who asks for it, and who asks below /api/."""
    response = await client.get(path, headers={"Accept": accept})
    assert response.status == 404
    assert await response.json() == {"error": {"status": 404, "reason": "There is no such post"}}


@pytest.mark.parametrize(
    ("path", "kind"), [("/1", "text/html"), ("/api/posts/1", "application/json")]
)
async def test_our_own_mistake(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    path: str,
    kind: str,
) -> None:
    """A 500 says nothing of what happened; its number leads to the traceback in the log."""

    async def break_down(*_: object) -> None:
        raise RuntimeError("the secret")

    monkeypatch.setattr(store, "find", break_down)
    response = await client.get(path, headers=BROWSER)
    assert response.status == 500
    assert response.content_type.endswith(kind)
    assert "secret" not in await response.text()
    [record] = [record for record in caplog.records if record.exc_info]
    assert response.headers["X-Request-ID"] in record.getMessage()


async def test_a_commit_that_fails(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full, nobody is told that all went well, and the connection works again."""

    async def full(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("aiosqlite.Connection.commit", full)
        assert (await client.post("/1/delete", allow_redirects=False)).status == 500
    for _ in range(5):
        assert (await client.get("/1")).status == 200


@pytest.mark.parametrize("path", ["/api/posts/1", "/static/blog.css", "/1/picture"])
async def test_nothing_is_changed_on_the_way(client: Client, path: str) -> None:
    """JSON, style sheets and pictures come out as they went in, with their length."""
    response = await client.get(path)
    assert len(await response.read()) == response.content_length


async def test_a_trusted_proxy(
    aiohttp_client: "AiohttpClient", data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What our proxy says of the client is what handlers and the log see."""
    client = await behind(aiohttp_client, data, "127.0.0.0/8")
    headers = FORWARDED | {"X-Forwarded-Host": "blog.example"}
    response = await client.get("/seen", headers=headers)
    assert await response.json() == ["203.0.113.7", "https", "blog.example"]
    number = response.headers["X-Request-ID"]
    assert any(f"{number} 203.0.113.7 GET /seen 200" in message for message in caplog.messages)
    direct = await (await client.get("/seen")).json()
    assert direct[:2] == ["127.0.0.1", "http"]


@pytest.mark.parametrize("proxies", [[], ["10.0.0.0/8"]])
async def test_a_stranger_who_forges(
    aiohttp_client: "AiohttpClient", data: Path, proxies: list[str]
) -> None:
    """The same headers from anybody else mean nothing."""
    client = await behind(aiohttp_client, data, *proxies)
    seen = await (await client.get("/seen", headers=FORWARDED)).json()
    assert seen[:2] == ["127.0.0.1", "http"]


async def test_a_stranger_behind_the_proxy(aiohttp_client: "AiohttpClient", data: Path) -> None:
    """Of several addresses the last one that is not ours counts; nonsense is a 400."""
    client = await behind(aiohttp_client, data, "127.0.0.1")
    headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7, 127.0.0.1"}
    assert (await (await client.get("/seen", headers=headers)).json())[0] == "203.0.113.7"
    assert (await client.get("/seen", headers={"X-Forwarded-For": "me"})).status == 400


@pytest.mark.parametrize(
    ("first", "status", "seen"),
    [("198.51.100.1", 200, ["203.0.113.7", "https"]), ("me", 400, None)],
)
async def test_two_headers_are_one_list(
    aiohttp_client: "AiohttpClient",
    data: Path,
    caplog: pytest.LogCaptureFixture,
    first: str,
    status: int,
    seen: list[str] | None,
) -> None:
    """A proxy that adds a header of its own to the client's is understood; no ERROR in the log."""
    client = await behind(aiohttp_client, data, "127.0.0.1")
    headers = CIMultiDict({"X-Forwarded-For": first, "X-Forwarded-Proto": "http"})
    headers.extend(FORWARDED)
    response = await client.get("/seen", headers=headers)
    assert response.status == status
    assert seen is None or (await response.json())[:2] == seen
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_two_at_once_are_two_transactions(client: Client) -> None:
    """Posts and redirects at once: each is kept, none disturbs another."""
    post = {"title": "On loops", "text": "A loop waits.", "owner": "Grace"}
    tries = [client.post("/new", data=post, allow_redirects=False) for _ in range(20)]
    answers = await asyncio.gather(*tries, *(client.post("/new", data={}) for _ in range(5)))
    assert sorted(answer.status for answer in answers) == [303] * 20 + [422] * 5
    assert (await client.get("/22")).status == 200
    assert (await client.get("/23")).status == 404
