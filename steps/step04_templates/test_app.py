"""The front page answers, everything else is refused properly, and nothing runs on import."""

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from .app import main

Client = TestClient[web.Request, web.Application]


async def test_front_page_greets(client: Client) -> None:
    """GET / answers with a page."""
    response = await client.get("/")
    assert response.status == 200
    assert response.content_type == "text/html"
    assert "<h1>Posts</h1>" in await response.text()


async def test_head_has_no_body(client: Client) -> None:
    """HEAD / answers like GET, without the body."""
    response = await client.head("/")
    assert response.status == 200
    assert response.content_length
    assert await response.read() == b""


@pytest.mark.parametrize("path", ["/about", "/index.html", "/%00"])
async def test_unknown_address(client: Client, path: str) -> None:
    """An address without a route is a 404, whatever it looks like."""
    response = await client.get(path)
    assert response.status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_other_methods(client: Client, method: str) -> None:
    """A method without a route is a 405 that names the methods allowed."""
    response = await client.request(method, "/")
    assert response.status == 405
    assert response.headers["Allow"] == "GET,HEAD"


@pytest.mark.parametrize(("environment", "port"), [({}, 8080), ({"PORT": "8081"}, 8081)])
def test_listens_on_this_machine_only(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], port: int
) -> None:
    """`main()` binds 127.0.0.1 and the port of PORT, 8080 without it; Ctrl-C waits a second."""
    asked: dict[str, Any] = {}
    monkeypatch.setattr(web, "run_app", lambda app, **options: asked.update(options))
    monkeypatch.delenv("PORT", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main()
    assert asked == {"host": "127.0.0.1", "port": port, "shutdown_timeout": 0.5}


@pytest.mark.parametrize("text", ["", "abc", "-1", "65536"])
def test_a_port_that_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """The start ends with a sentence that names the setting, and with 2, as a wrong call does."""
    monkeypatch.setenv("PORT", text)
    with pytest.raises(SystemExit, match=r"^2$"):
        main()
    assert capsys.readouterr().err == f"PORT must be a number from 0 to 65535, not {text!r}\n"
