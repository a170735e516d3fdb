"""`python -m workshop` alone: the pages, served; the course, opened and ended."""

from __future__ import annotations

import asyncio
import io
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
from rich.console import Console
from yarl import URL

from workshop import course
from workshop.apps import ports
from workshop.cli import common, main
from workshop.live import security, serve, server
from workshop.site import build_site
from workshop.terminal.page import Page, ProgressMeter
from workshop.tests.live_server import live_app, make_course, write
from workshop.tests.sites import shorten

A_CODE = "(?:[a-z2-9]{5}-){2}[a-z2-9]{5}"
os_open = os.open

# The pages


@pytest.fixture
async def reader(tmp_path, aiohttp_client):
    """A browser that looks at the pages, without a key."""
    return await aiohttp_client(live_app(make_course(tmp_path)))


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
    """A file is served by its path, a folder by its index.html, with `no-cache`."""
    response = await reader.get(path)
    assert response.status == 200
    assert response.content_type == kind
    assert text in await response.text()
    assert response.headers["Cache-Control"] == "no-cache"


async def test_a_folder_without_its_slash(reader):
    """A folder without a slash is redirected, because its page's links are relative."""
    response = await reader.get("/step01_hello", allow_redirects=False)
    assert response.status == 301
    assert response.headers["Location"] == "/step01_hello/"
    assert await (await reader.get("/step01_hello")).text() == "step 01"


PATHS = ["/nothing", "/empty/", "/style.css/", "/%00", "/" + "x" * 5000]


@pytest.mark.parametrize("path", PATHS)
async def test_no_such_page(reader, path):
    """An unknown path gets 404 with a page that links to the front page."""
    response = await reader.get(URL(path, encoded=True))
    assert response.status == 404
    text = await response.text()
    assert "no such page" in text
    assert '<a href="/">' in text


@pytest.mark.parametrize(
    "path", [".buildinfo", ".doctrees/environment.pickle", "step01_hello/.git/config", ".hidden/"]
)
async def test_what_sphinx_keeps_for_itself(reader, tmp_path, path):
    """A file whose path has a name that begins with a dot is not served."""
    file = tmp_path / "docs/_build/html" / path
    write(file / "index.html" if path.endswith("/") else file, "a secret of the build")
    for words in (path, path.replace(".", "%2e"), f"step01_hello/../{path}", f"./{path}"):
        assert (await reader.get(URL(f"/{words}", encoded=True))).status == 404


@pytest.mark.skipif(os.name != "posix", reason="a link takes special rights elsewhere")
async def test_a_link_to_somewhere_else(reader, tmp_path):
    """A symbolic link that leads out of the folder is not served."""
    built = tmp_path / "docs/_build"
    (built / "html/link.html").symlink_to(built / "secret.html")
    assert (await reader.get("/link.html")).status == 404


# `python -m workshop` alone


@pytest.fixture
def start(monkeypatch, tmp_path):
    """Start the course; returns the exit code, the output, and what was opened."""
    found = make_course(tmp_path)
    monkeypatch.setattr(common, "load_course", lambda: found)
    monkeypatch.setattr(build_site, "build_site", lambda root, tell: None)
    opened: list[str] = []
    monkeypatch.setattr(main, "_open_browser", opened.append)

    async def instant_check(app, port, ready):
        """Serve for no time at all."""
        ready()

    monkeypatch.setattr(server, "serve", instant_check)

    def run(*words):
        result = CliRunner().invoke(main.main, words, catch_exceptions=False)
        return result.exit_code, result.output, opened

    return run


def test_the_course_says_what_to_do(start):
    """The command prints address, next file and how to stop, on one screen."""
    port = ports.free_port()
    code, output, _ = start("--port", str(port))
    assert code == 0
    assert re.search(rf"^Read    http://127\.0\.0\.1:{port}/#code={A_CODE}\n", output, re.MULTILINE)
    assert "Edit    exercises/step01_hello/greet.py," in output
    assert "Stop    Ctrl-C\n" in output
    assert len(output.splitlines()) < 20


def test_the_browser_is_led_by_a_file(start, tmp_path, monkeypatch):
    """The browser is opened with a file that only this user can read, not with the code."""
    letters: list[tuple[str, int]] = []

    def read(address):
        file = tmp_path / serve.REDIRECT_FILE
        assert address == file.as_uri()
        letters.append((file.read_text("utf-8"), file.stat().st_mode & 0o777))

    monkeypatch.setattr(main, "_open_browser", read)
    port = ports.free_port()
    output = start("--port", str(port))[1]
    [(text, mode)] = letters
    (leads, links) = re.findall(rf"http://127\.0\.0\.1:{port}/#code={A_CODE}", text)
    assert leads == links
    assert leads not in output, "each code counts once: the terminal shows another one"
    assert mode == 0o600 or os.name != "posix"
    assert not (tmp_path / serve.REDIRECT_FILE).exists(), "it goes with the course"


def test_every_start_has_codes_of_its_own(start):
    """Each start prints another code."""
    printed = [re.findall(A_CODE, start("--port", str(ports.free_port()))[1]) for _ in range(2)]
    assert len(printed[0]) == len(printed[1]) == 1
    assert printed[0] != printed[1]


def test_a_code_that_was_used_is_followed_by_another(tmp_path):
    """After a printed code is used a new one is printed; the redirect page goes when it is used."""
    shown: list[str] = []
    ways = serve.LoginLinks(tmp_path / "new" / "open.html", 8000, shown.append)
    shown.append(ways.new_address())
    letter = ways.write_page()
    assert letter
    codes = [re.findall(A_CODE, text)[0] for text in (shown[0], letter.read_text("utf-8"))]
    assert ways.codes.redeem(codes[1]) == ways.codes.token
    assert (len(shown), letter.exists()) == (1, False)
    assert ways.codes.redeem(codes[0]) == ways.codes.token
    assert ways.codes.redeem(codes[0]) is None
    assert len(shown) == 2
    assert ways.codes.redeem(re.findall(A_CODE, shown[1])[0]) == ways.codes.token


@pytest.mark.skipif(os.name != "posix", reason="rights are others there")
def test_a_disk_without_rights_gets_no_letter(tmp_path, monkeypatch):
    """Where file permissions do not hold no redirect page is written."""
    monkeypatch.setattr(os, "open", lambda name, flags, mode: os_open(name, flags, 0o666))
    ways = serve.LoginLinks(tmp_path / "open.html", 8000, print)
    assert ways.write_page() is None
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_gets_no_letter(tmp_path):
    """Where the folder cannot be written the course starts without a redirect page."""
    (tmp_path / "taken").write_text("a file")
    assert serve.LoginLinks(tmp_path / "taken" / "open.html", 8000, print).write_page() is None


def test_no_browser(start):
    """With --no-browser no browser is opened, and the address is printed."""
    code, output, opened = start("--no-browser", "--port", str(ports.free_port()))
    assert (code, opened) == (0, [])
    assert re.search(A_CODE, output)


def test_a_browser_that_stays_in_the_terminal_holds_up_nobody(monkeypatch):
    """The browser is opened in a thread, so a browser that does not return blocks nothing."""
    closed, over = threading.Event(), threading.Event()

    def stay(address):
        closed.wait(60)
        over.set()

    monkeypatch.setattr(webbrowser, "open", stay)
    main._open_browser("http://127.0.0.1:1/")
    assert not over.is_set()
    closed.set()
    assert over.wait(60)


def test_pages_that_cannot_be_built(start, monkeypatch):
    """A failed build ends the command with a sentence and Sphinx's words."""
    monkeypatch.setattr(build_site, "build_site", lambda root, tell: "index.md:3: WARNING: oh")
    code, output, opened = start("--port", str(ports.free_port()))
    assert code == 2
    assert "The pages could not be built." in output
    assert '"python -m workshop doctor"' in output
    assert output.endswith("\nindex.md:3: WARNING: oh\n")
    assert not opened


@pytest.mark.parametrize("port", ["0", "-1", "65536"])
def test_what_is_no_port(start, port):
    """An invalid port is refused before the build."""
    code, output, opened = start("--port", port)
    assert (code, opened) == (2, [])
    assert "is no port" in output


def test_a_port_that_is_taken(start):
    """A taken port is refused with the process that has it, and with the option --port."""
    with socket.socket() as taken:
        taken.bind((ports.HOST, 0))
        taken.listen()
        code, output, opened = start("--port", str(taken.getsockname()[1]))
    assert (code, opened) == (2, [])
    assert "is taken by" in output
    assert "--port" in output


def test_a_build_that_fails(tmp_path):
    """A failed build returns what Sphinx printed."""
    assert "error" in str(build_site.build_site(tmp_path)).lower()


def test_a_build_says_how_far_it_is(tmp_path):
    """A build reports each page with its percent."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "conf.py").write_text("project = 'x'\n")
    names = ["index", "one", "two", "three"]
    for name in names:
        (docs / f"{name}.rst").write_text(f":orphan:\n\n{name}\n=====\n")
    reports: list[tuple[int, str]] = []
    assert build_site.build_site(tmp_path, lambda *told: reports.append(told)) is None
    percents = [percent for percent, _ in reports]
    assert percents == sorted(percents)
    assert len(set(percents)) >= len(names)
    assert percents[-1] == 100
    assert {page for _, page in reports} == set(names)


def metered(terminal: bool) -> str:
    """What a meter writes that goes from 1 to 100."""
    file = io.StringIO()
    meter = ProgressMeter(Page(Console(file=file, force_terminal=terminal, width=60)))
    for percent in range(1, 101):
        meter(percent, f"page{percent}")
    meter.end()
    return file.getvalue()


def test_how_far_it_is_stands_on_one_line_of_a_terminal():
    """The meter rewrites one line of a terminal, and prints four lines to a log."""
    said = metered(terminal=True)
    assert "\n" not in said
    assert "\r   50 %  page50 " in said
    assert said.rsplit("\r", 2)[1].strip() == ""
    lines = metered(terminal=False).splitlines()
    assert lines == [f"  {part} %  page{part}" for part in (25, 50, 75, 100)]


async def test_a_port_that_was_taken_meanwhile(tmp_path, aiohttp_server, reader):
    """A port that is taken after the build raises CourseError."""
    app = live_app(make_course(tmp_path / "another"))
    with pytest.raises(course.CourseError, match="--port"):
        await server.serve(app, reader.port, lambda: None)


COURSE = """
import pathlib, sys
from workshop import course
from workshop.live import serve
found = course.discover(pathlib.Path(sys.argv[1]))
serve.open_course(found, int(sys.argv[2]), lambda address, letter: print(address))
print("the end")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_the_end(tmp_path, signal_):
    """Each of three signals ends the course without a traceback, and every page gets "bye"."""
    make_course(tmp_path)
    words = (sys.executable, "-c", COURSE, str(tmp_path), str(ports.free_port()))
    pipe = asyncio.subprocess.PIPE
    running = await asyncio.create_subprocess_exec(
        *words, cwd=course.ROOT, stdout=pipe, stderr=pipe
    )
    assert running.stdout
    async with asyncio.timeout(60):
        address = URL((await running.stdout.readline()).decode().strip())
        own = {"Origin": str(address.origin())}
        async with aiohttp.ClientSession(address.origin()) as session:
            code = {"code": address.fragment.removeprefix("code=")}
            reply = await session.post("/door/enter", json=code, headers=own)
            own[security.KEY_HEADER] = (await reply.json())["token"]
            page = await session.ws_connect("/live/socket", headers=own)
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
    """The command serves the page to a browser, and ends at a signal."""
    shorten(scratch / "docs", "index.md")
    words = (sys.executable, "-m", "workshop", "--no-browser", "--port", str(ports.free_port()))
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
    """The pages are built in the course's own folder."""
    asked: list[object] = []
    monkeypatch.setattr(build_site, "build_site", lambda *arguments: asked.extend(arguments))
    tell = len
    serve.build(course.Course(tmp_path, ()), tell)  # type: ignore[arg-type]
    assert asked == [tmp_path, tell]
