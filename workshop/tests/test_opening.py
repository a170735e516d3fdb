"""`python -m workshop` alone: the pages, served; the course, opened and ended."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
import threading
import webbrowser

import aiohttp
import psutil
import pytest
from click.testing import CliRunner
from yarl import URL

from workshop import cli, course
from workshop.commands import common
from workshop.live import opening, server
from workshop.machine import ports
from workshop.site import building
from workshop.tests.living import living, plant
from workshop.tests.sites import shorten

# The pages


@pytest.fixture
async def reader(tmp_path, aiohttp_client):
    """A browser that looks at the pages, without a token."""
    return await aiohttp_client(living(plant(tmp_path)))


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
    assert text in await response.text()
    assert response.headers["Cache-Control"] == "no-cache"


async def test_a_folder_without_its_slash(reader):
    """Links on the page are relative to the folder, so it is asked with a slash."""
    response = await reader.get("/step01_hello", allow_redirects=False)
    assert response.status == 301
    assert response.headers["Location"] == "/step01_hello/"
    assert await (await reader.get("/step01_hello")).text() == "step 01"


PATHS = ["/nothing", "/empty/", "/style.css/", "/%00", "/" + "x" * 5000]


@pytest.mark.parametrize("path", PATHS)
async def test_no_such_page(reader, path):
    """404, whatever is asked."""
    response = await reader.get(URL(path, encoded=True))
    assert response.status == 404
    assert "no such page" in await response.text()


@pytest.mark.skipif(os.name != "posix", reason="a link takes special rights elsewhere")
async def test_a_link_to_somewhere_else(reader, tmp_path):
    """It leads out of the folder, so it is no page."""
    built = tmp_path / "docs/_build"
    (built / "html/link.html").symlink_to(built / "secret.html")
    assert (await reader.get("/link.html")).status == 404


# `python -m workshop` alone


@pytest.fixture
def start(monkeypatch, tmp_path):
    """Start the course; returns the exit code, the output, and what was opened."""
    found = plant(tmp_path)
    monkeypatch.setattr(common, "found", lambda: found)
    monkeypatch.setattr(building, "build", lambda root: None)
    opened: list[str] = []
    monkeypatch.setattr(cli, "_look", opened.append)

    async def at_once(app, port, ready):
        """Serve for no time at all."""
        ready()

    monkeypatch.setattr(server, "serve", at_once)

    def run(*words):
        result = CliRunner().invoke(cli.main, words, catch_exceptions=False)
        return result.exit_code, result.output, opened

    return run


def test_the_course_says_what_to_do(start):
    """One screen: the address that lets a browser in, the next file, the end."""
    port = ports.spare()
    code, output, opened = start("--port", str(port))
    assert code == 0
    (address,) = opened
    assert re.fullmatch(rf"http://127\.0\.0\.1:{port}/\?token=[\w-]{{40,}}", address)
    assert f"Read    {address}\n" in output
    assert "Edit    exercises/step01_hello/greet.py," in output
    assert "Stop    Ctrl-C\n" in output
    assert len(output.splitlines()) < 20


def test_every_start_has_a_token_of_its_own(start):
    """What was printed once opens nothing later."""
    for _ in range(2):
        opened = start("--port", str(ports.spare()))[2]
    assert len({address.partition("=")[2] for address in opened}) == 2


def test_no_browser(start):
    """Somebody has one open already, or there is none."""
    code, output, opened = start("--no-browser", "--port", str(ports.spare()))
    assert (code, opened) == (0, [])
    assert "?token=" in output


def test_a_browser_that_stays_in_the_terminal_holds_up_nobody(monkeypatch):
    """The pages are there when it asks for them."""
    closed, over = threading.Event(), threading.Event()

    def stay(address):
        closed.wait(60)
        over.set()

    monkeypatch.setattr(webbrowser, "open", stay)
    cli._look("http://127.0.0.1:1/")
    assert not over.is_set()
    closed.set()
    assert over.wait(60)


def test_pages_that_cannot_be_built(start, monkeypatch):
    """Sphinx's own words; nothing is served."""
    monkeypatch.setattr(building, "build", lambda root: "index.md:3: WARNING: oh")
    code, output, opened = start("--port", str(ports.spare()))
    assert code == 2
    assert "could not be built:\nindex.md:3: WARNING: oh\n" in output
    assert not opened


@pytest.mark.parametrize("port", ["0", "-1", "65536"])
def test_what_is_no_port(start, port):
    """It is told before anything is built."""
    code, output, opened = start("--port", port)
    assert (code, opened) == (2, [])
    assert "is no port" in output


def test_a_port_that_is_taken(start):
    """By whom, and what to do."""
    with socket.socket() as taken:
        taken.bind((ports.HOST, 0))
        taken.listen()
        code, output, opened = start("--port", str(taken.getsockname()[1]))
    assert (code, opened) == (2, [])
    assert "is taken by" in output
    assert "--port" in output


def test_a_build_that_fails(tmp_path):
    """What Sphinx says is returned."""
    assert "error" in str(building.build(tmp_path)).lower()


async def test_a_port_that_was_taken_meanwhile(tmp_path, aiohttp_server, reader):
    """While the pages were built: it says by whom, and nothing is left running."""
    app = living(plant(tmp_path / "another"))
    with pytest.raises(course.CourseError, match="--port"):
        await server.serve(app, reader.port, lambda: None)


COURSE = """
import pathlib, sys
from workshop import course
from workshop.live import opening
opening.open_course(course.discover(pathlib.Path(sys.argv[1])), int(sys.argv[2]), print)
print("the end")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_the_end(tmp_path, signal_):
    """Whoever says it: no traceback, and every page hears of it."""
    plant(tmp_path)
    words = (sys.executable, "-c", COURSE, str(tmp_path), str(ports.spare()))
    pipe = asyncio.subprocess.PIPE
    running = await asyncio.create_subprocess_exec(
        *words, cwd=course.ROOT, stdout=pipe, stderr=pipe
    )
    assert running.stdout
    async with asyncio.timeout(60):
        address = URL((await running.stdout.readline()).decode().strip())
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as session:
            await session.get(address)
            own = {"Origin": str(address.origin())}
            page = await session.ws_connect(address.origin() / "live/socket", headers=own)
            assert (await page.receive_json())["kind"] == "state"
            assert listening(running.pid) == {ports.HOST}
            running.send_signal(signal_)
            assert (await page.receive_json())["kind"] == "bye"
            await page.receive()
        said, wrong = await running.communicate()
    assert (said, wrong, running.returncode) == (b"the end\n", b"", 0)


def listening(pid):
    """Return the addresses on which a process waits for connections."""
    found = psutil.Process(pid).net_connections("tcp")
    return {each.laddr.ip for each in found if each.status == psutil.CONN_LISTEN}


@pytest.mark.slow
async def test_the_real_course(scratch):
    """From the command to the page in a browser, and its end."""
    shorten(scratch / "docs", "index.md")
    words = (sys.executable, "-m", "workshop", "--no-browser", "--port", str(ports.spare()))
    pipe = asyncio.subprocess.PIPE
    running = await asyncio.create_subprocess_exec(*words, cwd=scratch, stdout=pipe, stderr=pipe)
    printed = ""
    try:
        async with asyncio.timeout(600), aiohttp.ClientSession() as session:
            assert running.stdout
            while "Ctrl-C" not in printed:
                line = await running.stdout.readline()
                assert line, (await running.communicate())[1].decode()
                printed += line.decode()
            address = re.search(r"http\S+", printed)
            assert address
            assert "aiohttp" in await (await session.get(address[0])).text()
    finally:
        running.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        _, said = await running.communicate()
    assert b"Traceback" not in said
    assert running.returncode == 0 or os.name != "posix"


def test_the_pages_are_built_for_the_course(monkeypatch, tmp_path):
    """In its own folder."""
    asked: list[object] = []
    monkeypatch.setattr(building, "build", asked.append)
    opening.build(course.Course(tmp_path, ()))
    assert asked == [tmp_path]
