"""An app below a prefix: its routes, its links and its redirects stay there."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import subprocess
import sys

import aiohttp
import pytest
from aiohttp import web

from workshop.course import discover
from workshop.machine import mounted, ports

PREFIX = "/user/ada/step99"


async def index(request: web.Request) -> web.Response:
    """Say where the shelf is."""
    return web.Response(text=str(request.app.router["book"].url_for(name="engine")))


async def leave(request: web.Request) -> web.Response:
    """Lead to wherever one asks for."""
    raise web.HTTPSeeOther(request.query["to"])


async def take(request: web.Request) -> web.Response:
    """Take what comes."""
    return web.Response(text=str(len(await request.read())))


@pytest.fixture
def mounted_app() -> web.Application:
    """An app below a prefix, with a limit of its own."""
    app = web.Application(client_max_size=10)
    app.add_routes([web.get("/", index), web.get("/leave", leave), web.post("/take", take)])
    app.add_routes([web.get("/books/{name}", index, name="book")])
    mounted.mount(app, PREFIX)
    return app


async def test_routes_and_links_have_the_prefix(aiohttp_client, mounted_app):
    """And nothing is left at the top."""
    client = await aiohttp_client(mounted_app)
    answer = await client.get(f"{PREFIX}/")
    assert await answer.text() == f"{PREFIX}/books/engine"
    assert (await client.get(f"{PREFIX}/books/engine")).status == 200
    assert (await client.get("/")).status == 404
    assert (await client.post(f"{PREFIX}/take", data=b"x" * 11)).status == 413


@pytest.mark.parametrize(
    ("target", "seen"),
    [
        ("/", f"{PREFIX}/"),
        ("/books/1?a=/b", f"{PREFIX}/books/1?a=/b"),
        (f"{PREFIX}/books/1", f"{PREFIX}/books/1"),
        (PREFIX, PREFIX),
        ("books", "books"),
        ("//example.org/", "//example.org/"),
        ("https://example.org/", "https://example.org/"),
    ],
)
async def test_a_redirect_stays_inside(aiohttp_client, mounted_app, target, seen):
    """A path of the app's own gets the prefix, once; whatever leads elsewhere is left alone."""
    client = await aiohttp_client(mounted_app)
    answer = await client.get(f"{PREFIX}/leave", params={"to": target}, allow_redirects=False)
    assert answer.headers["Location"] == seen


STEPS = [step for step in discover().steps if step.number >= 4]
"""Those whose answers differ for people and for programs."""


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.label)
@pytest.mark.parametrize("way", ["mounted", "sub-application"])
async def test_a_step_knows_its_api(aiohttp_client, tmp_path, monkeypatch, step, way):
    """Below a prefix, too, pages are for people, and what is below /api/ is for programs."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))
    blog = importlib.import_module(f"steps.{step.folder}.app").create_app()
    app = blog
    if way == "mounted":
        mounted.mount(app, PREFIX)
    else:
        app = web.Application()
        app.add_subapp(PREFIX, blog)
    client = await aiohttp_client(app)
    for path, kind in ("/api/posts/99", "json"), ("/api/none", "json"), ("/99", "html"):
        answer = await client.get(f"{PREFIX}{path}")
        assert (answer.status, answer.content_type.partition("/")[2]) == (404, kind), path
    if step.number >= 7:
        answer = await client.post(f"{PREFIX}/api/posts", json={}, allow_redirects=False)
        assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert "Set-Cookie" not in answer.headers


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Unix sockets")
def test_a_step_listens_at_a_socket(tmp_path):
    """And at no port: `run` with both words."""
    socket = tmp_path / "socket"
    words = [sys.executable, "-m", "workshop", "run", "step01", "--data", str(tmp_path / "data")]
    words += ["--prefix", PREFIX, "--socket", str(socket), "--port", str(ports.spare())]
    running = subprocess.Popen(words)
    try:
        assert asyncio.run(answer(socket, f"http://step{PREFIX}/")) == 200
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(20)


async def answer(socket, address):
    """Wait until somebody answers at a socket; return the status."""
    connector = aiohttp.UnixConnector(str(socket))
    async with asyncio.timeout(30), aiohttp.ClientSession(connector=connector) as session:
        while True:
            try:
                async with session.get(address) as response:
                    return response.status
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
