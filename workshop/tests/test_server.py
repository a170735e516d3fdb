"""The course's own web server: its pages, to this machine only."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import webbrowser

import aiohttp
import pytest
from click.testing import CliRunner
from yarl import URL

from workshop import cli, course
from workshop.commands import common
from workshop.machine import ports
from workshop.site import server


@pytest.fixture
def pages(tmp_path):
    """A folder of built pages, beside a file that is nobody's business."""
    (tmp_path / "secret.html").write_text("secret")
    folder = tmp_path / "html"
    (folder / "step01_hello").mkdir(parents=True)
    (folder / "empty").mkdir()
    (folder / "index.html").write_text("the front page")
    (folder / "step01_hello" / "index.html").write_text("step 01")
    (folder / "style.css").write_text("p {}")
    return folder


@pytest.fixture
async def reader(pages, aiohttp_client):
    """A browser that looks at the pages."""
    return await aiohttp_client(server.create_app(pages))


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("/", "text/html", "the front page"),
        ("/index.html", "text/html", "the front page"),
        ("/step01_hello/", "text/html", "step 01"),
        ("/step01_hello/index.html", "text/html", "step 01"),
        ("/style.css", "text/css", "p {}"),
        ("/style.css?v=1", "text/css", "p {}"),
    ],
)
async def test_a_page(reader, path, kind, text):
    """A file by its path, a folder by its index page; asked again each time."""
    response = await reader.get(path)
    assert response.status == 200
    assert response.content_type == kind
    assert await response.text() == text
    assert response.headers["Cache-Control"] == "no-cache"


async def test_a_folder_without_its_slash(reader):
    """Links on the page are relative to the folder, so it is asked with a slash."""
    response = await reader.get("/step01_hello", allow_redirects=False)
    assert response.status == 301
    assert response.headers["Location"] == "/step01_hello/"
    assert await (await reader.get("/step01_hello")).text() == "step 01"


@pytest.mark.parametrize("path", ["/nothing", "/empty/", "/style.css/", "/%00", "/" + "x" * 5000])
async def test_no_such_page(reader, path):
    """404, whatever is asked."""
    response = await reader.get(URL(path, encoded=True))
    assert response.status == 404
    assert "no such page" in await response.text()


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/step01_hello/../../secret.html",
        "/{folder}/secret.html",
        "/%2f{folder}/secret.html",
    ],
)
async def test_nothing_outside_is_served(reader, pages, path):
    """Dots, escaped or not, and absolute paths."""
    wanted = path.format(folder=str(pages.parent).strip("/"))
    answer = await raw(reader, f"GET {wanted} HTTP/1.1\r\nHost: localhost")
    assert answer.startswith("HTTP/1.1 404 ")
    assert "secret" not in answer.partition("\r\n\r\n")[2]


@pytest.mark.skipif(os.name != "posix", reason="a link takes special rights elsewhere")
async def test_a_link_to_somewhere_else(reader, pages):
    """It leads out of the folder, so it is no page."""
    (pages / "link.html").symlink_to(pages.parent / "secret.html")
    assert (await reader.get("/link.html")).status == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("LOCALHOST", 200),
        ("evil.example", 403),
        ("evil.example:8000", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
    ],
)
async def test_a_foreign_name(reader, host, status):
    """A page elsewhere may let its own name point to this machine: it gets nothing."""
    response = await reader.get("/", headers={"Host": host})
    assert response.status == status
    assert ("front page" in await response.text()) is (status == 200)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_nothing_can_be_changed(reader, method):
    """It only reads."""
    assert (await reader.request(method, "/")).status == 405


async def raw(reader, head):
    """Send a request as it stands, and return the answer as text."""
    inward, outward = await asyncio.open_connection(reader.host, reader.port)
    outward.write(f"{head}\r\nConnection: close\r\n\r\n".encode())
    answer = await inward.read()
    outward.close()
    await outward.wait_closed()
    return answer.decode()


# `python -m workshop` alone


@pytest.fixture
def start(monkeypatch, tmp_path):
    """Start the course; returns the exit code, the output, what was served and opened."""
    found = course.discover()
    monkeypatch.setattr(common, "found", lambda: course.Course(tmp_path, found.steps))
    monkeypatch.setattr(server, "build", lambda root: None)
    served: list[tuple[object, ...]] = []
    opened: list[str] = []
    monkeypatch.setattr(server, "serve", lambda *arguments: served.append(arguments))
    monkeypatch.setattr(webbrowser, "open", opened.append)

    def run(*words):
        result = CliRunner().invoke(cli.main, words)
        return result.exit_code, result.output, served, opened

    return run


def free_port():
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((ports.HOST, 0))
        return probe.getsockname()[1]


def test_the_course_says_what_to_do(start, tmp_path):
    """The pages are served and opened; the next step and exercise are named."""
    port = free_port()
    code, output, served, opened = start("--port", str(port))
    assert code == 0
    assert served == [(tmp_path / "docs" / "_build" / "html", port)]
    assert opened == [f"http://127.0.0.1:{port}/"]
    assert f"Read    http://127.0.0.1:{port}/\n" in output
    assert "Run     python -m workshop run step01 " in output
    assert "Check   python -m workshop check plain_text\n" in output
    assert "Stop    Ctrl-C\n" in output


def test_no_browser(start):
    """Somebody has one open already, or there is none."""
    _, _, served, opened = start("--no-browser", "--port", str(free_port()))
    assert served
    assert opened == []


def test_pages_that_cannot_be_built(start, monkeypatch):
    """Sphinx's own words; nothing is served."""
    monkeypatch.setattr(server, "build", lambda root: "index.md:3: WARNING: oh")
    code, output, served, opened = start("--port", str(free_port()))
    assert code == 2
    assert "could not be built:\nindex.md:3: WARNING: oh\n" in output
    assert not served
    assert not opened


def test_a_build_that_fails(tmp_path):
    """What Sphinx says is returned."""
    assert "error" in str(server.build(tmp_path)).lower()


@pytest.mark.slow
async def test_the_real_course(scratch):
    """From the command to the page in a browser, and its end."""
    port = free_port()
    words = (sys.executable, "-m", "workshop", "--no-browser", "--port", str(port))
    pipe = asyncio.subprocess.PIPE
    running = await asyncio.create_subprocess_exec(*words, cwd=scratch, stdout=pipe, stderr=pipe)
    try:
        async with asyncio.timeout(180):
            assert running.stdout
            while b"Ctrl-C" not in (line := await running.stdout.readline()):
                assert line, (await running.communicate())[1].decode()
        page = await first_answer(f"http://{ports.HOST}:{port}/")
        assert "aiohttp" in page
    finally:
        running.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        _, said = await running.communicate()
    assert b"Traceback" not in said
    assert running.returncode == 0 or os.name != "posix"


async def first_answer(address):
    """Return the page at an address as soon as somebody listens there."""
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(address) as response:
                    return await response.text()
            except aiohttp.ClientConnectionError:
                pass
