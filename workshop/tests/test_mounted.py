"""Apps below a prefix: their routes, links and redirects keep the prefix."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import re
import signal
import ssl
import subprocess
import sys

import aiohttp
import pytest
import trustme
from aiohttp import web
from multidict import CIMultiDict

from workshop.apps import mounted, ports
from workshop.course import discover

PREFIX = "/user/ada/step99"


async def index(request: web.Request) -> web.Response:
    """Return the address of the shelf."""
    return web.Response(text=str(request.app.router["book"].url_for(name="engine")))


async def leave(request: web.Request) -> web.Response:
    """Redirect to the address in the query."""
    raise web.HTTPSeeOther(request.query["to"])


async def take(request: web.Request) -> web.Response:
    """Read the body."""
    return web.Response(text=str(len(await request.read())))


@pytest.fixture
def mounted_app() -> web.Application:
    """An app below a prefix, with its own limit for bodies."""
    app = web.Application(client_max_size=10)
    app.add_routes([web.get("/", index), web.get("/leave", leave), web.post("/take", take)])
    app.add_routes([web.get("/books/{name}", index, name="book")])
    mounted.mount(app, PREFIX)
    return app


async def test_routes_and_links_have_the_prefix(aiohttp_client, mounted_app):
    """Routes and links have the prefix, and no route is left without it."""
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
    """A redirect to a path of the app gets the prefix once; other redirects do not change."""
    client = await aiohttp_client(mounted_app)
    answer = await client.get(f"{PREFIX}/leave", params={"to": target}, allow_redirects=False)
    assert answer.headers["Location"] == seen


BROWSERS_HEADERS = ("Host", "Cookie", "Origin", "Content-Type", "Accept")
HUB = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "443"}
"""The headers that the proxy of a hub adds."""


@contextlib.asynccontextmanager
async def served(app, make_site):
    """Serve an app at a site."""
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await make_site(runner).start()
        yield runner.addresses[0]
    finally:
        await runner.cleanup()


def proxy_of(socket, added):
    """Return a proxy app that forwards all requests to a Unix socket."""

    async def hand_on(request):
        headers = {
            name: request.headers[name] for name in BROWSERS_HEADERS if name in request.headers
        }
        connector = aiohttp.UnixConnector(str(socket))
        async with (
            aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            ) as session,
            session.request(
                request.method,
                f"http://app{request.rel_url}",
                headers={**headers, **added},
                data=await request.read(),
                allow_redirects=False,
            ) as answer,
        ):
            skipped = {"Content-Length", "Transfer-Encoding", "Connection", "Date", "Server"}
            kept = [(name, value) for name, value in answer.headers.items() if name not in skipped]
            return web.Response(
                status=answer.status, body=await answer.read(), headers=CIMultiDict(kept)
            )

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", hand_on)
    return app


@pytest.mark.skipif(os.name != "posix", reason="Unix sockets")
@pytest.mark.parametrize("added", [HUB, {}], ids=["a hub", "a silent proxy"])
@pytest.mark.parametrize("label", ["step07", "step08"])
async def test_forms_by_https(tmp_path, monkeypatch, label, added):
    """Forms work behind an https proxy, below a prefix and at a Unix socket."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))
    step = discover().step(label)
    monkeypatch.setattr(importlib.import_module(f"steps.{step.folder}.passwords"), "N", 2)
    blog = importlib.import_module(f"steps.{step.folder}.app").create_app()
    mounted.mount(blog, PREFIX)
    socket, authority = tmp_path / "s", trustme.CA()
    here, trusting = (
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH),
        ssl.create_default_context(),
    )
    authority.issue_cert("127.0.0.1").configure_cert(here)
    authority.configure_trust(trusting)
    async with (
        served(blog, lambda runner: web.UnixSite(runner, socket)),
        served(
            proxy_of(socket, added),
            lambda runner: web.TCPSite(runner, "127.0.0.1", 0, ssl_context=here),
        ) as (host, port),
        aiohttp.ClientSession(
            f"https://{host}:{port}",
            connector=aiohttp.TCPConnector(ssl=trusting),
            cookie_jar=aiohttp.CookieJar(unsafe=True),
        ) as browser,
    ):

        async def send(path, origin=f"https://{host}:{port}", **fields):
            page = await (await browser.get(f"{PREFIX}/login")).text()
            form = {"csrf": page.partition('name="csrf" value="')[2].partition('"')[0], **fields}
            headers = {"Origin": origin}
            address = PREFIX + path
            async with browser.post(
                address, data=form, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status, answer.headers.get("Location", "")

        account = {"name": "Edith", "password": "it weaves flowers"}
        assert await send("/join", **account) == (303, f"{PREFIX}/")
        secure = [cookie["secure"] for cookie in browser.cookie_jar]
        assert secure == [bool(added) or ""], "a cookie that came by https"
        assert await send("/new", title="On loops", text="A loop waits.") == (303, f"{PREFIX}/3")
        assert await send("/3/edit", title="New", text="It waits.") == (303, f"{PREFIX}/3")
        assert await send("/3/delete") == (303, f"{PREFIX}/")
        for other in "https://evil.example", f"https://{host}", f"http://evil.example:{port}":
            assert (await send("/new", other, title="Mine", text="Mine."))[0] == 403, other
        assert await send("/logout") == (303, f"{PREFIX}/")
        assert await send("/login", **account) == (303, f"{PREFIX}/")


STEPS = [step for step in discover().steps if step.number >= 4]
"""The steps whose responses are HTML or JSON."""


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.label)
@pytest.mark.parametrize("way", ["mounted", "sub-application"])
async def test_a_step_knows_its_api(aiohttp_client, tmp_path, monkeypatch, step, way):
    """Below a prefix pages return HTML errors, and paths below /api/ return JSON errors."""
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
    """`run` with a socket listens at the socket and at no port."""
    socket = tmp_path / "socket"
    words = [sys.executable, "-m", "workshop", "run", "step01", "--data", str(tmp_path / "data")]
    words += ["--prefix", PREFIX, "--socket", str(socket), "--port", str(ports.free_port())]
    running = subprocess.Popen(words)
    try:
        assert asyncio.run(answer(socket, f"http://step{PREFIX}/")) == 200
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(20)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Unix sockets")
@pytest.mark.parametrize(("label", "path"), [("step01", "/"), ("step06", "/api/posts")])
def test_one_line_for_one_request(tmp_path, label, path):
    """An app writes one access log line for each request, with a prefix or without."""
    socket = tmp_path / "socket"
    step = discover().step(label)
    place = {"WORKSHOP_DATA": str(tmp_path / "data"), "WORKSHOP_SOCKET": str(socket)}
    words = [sys.executable, "-m", "workshop.apps.mounted", f"steps.{step.folder}.app"]
    running = subprocess.Popen(
        words, env={**os.environ, **place, "PORT": "0"}, stderr=subprocess.PIPE, text=True
    )
    assert asyncio.run(answer(socket, f"http://step{path}")) == 200
    running.send_signal(signal.SIGINT)
    _, log = running.communicate(timeout=20)
    assert log.count(f"GET {path}") == 1, log


async def test_links_of_step_02_stay_inside(aiohttp_client):
    """Each link, form and redirect of step 02 below a prefix leads to a page of the step."""
    app = importlib.import_module("steps.step02_routes.app").create_app()
    mounted.mount(app, PREFIX)
    client = await aiohttp_client(app)
    for path in "/posts", "/posts/new", "/posts/1":
        answer = await client.get(PREFIX + path, headers={"Accept": "text/html"})
        links = re.findall(r'(?:href|action)="([^"]*)"', await answer.text())
        assert (path == "/posts/1") != bool(links), path
        for link in links:
            assert link.startswith(f"{PREFIX}/"), link
            assert (await client.get(link)).status == 200, link


async def answer(socket, address):
    """Wait until a server responds at a Unix socket; return the status."""
    connector = aiohttp.UnixConnector(str(socket))
    async with asyncio.timeout(30), aiohttp.ClientSession(connector=connector) as session:
        while True:
            try:
                async with session.get(address) as response:
                    return response.status
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
