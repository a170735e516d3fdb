"""Connections that send no request, disconnect, or are too many: no traceback, safe responses."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from workshop.apps import ports
from workshop.course import ROOT
from workshop.live import connection, content_policy, json_api, pages, security, server
from workshop.tests.live_server import TOKEN, live_app, make_course, version, write

LONG = 60
BODY = json.dumps({"content": "print()\n", "version": None})
GREET = "/live/exercises/step01/greet"
JSON = "Content-Type: application/json"
SAVE = f"PUT {GREET} HTTP/1.1\r\n{{own}}\r\n{JSON}"
CHUNKS = "Transfer-Encoding: chunked"


@dataclass
class Wire:
    """The real server, reached by bytes."""

    port: int
    root: Path

    @property
    def own(self) -> str:
        """The headers of a page of the course."""
        here = f"127.0.0.1:{self.port}"
        return f"Host: {here}\r\nOrigin: http://{here}\r\n{security.KEY_HEADER}: {TOKEN}"

    @asynccontextmanager
    async def opened(
        self, text: str = ""
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """Give a connection on which a text was sent; it breaks at the end."""
        async with asyncio.timeout(LONG):
            inward, outward = await asyncio.open_connection(ports.HOST, self.port)
            outward.write(text.replace("{own}", self.own).encode("latin-1"))
            try:
                yield inward, outward
            finally:
                _break(outward)

    async def answer(self, text: str) -> str:
        """Send a text; return the head of the answer."""
        async with self.opened(text) as (inward, _):
            return (await inward.readuntil(b"\r\n\r\n")).decode("latin-1")

    async def lives(self) -> bool:
        """Whether the front page comes."""
        return " 200 " in await self.answer("GET / HTTP/1.1\r\n{own}\r\n\r\n")


def _break(outward: asyncio.StreamWriter) -> None:
    """Break a connection: the other side is reset."""
    with contextlib.suppress(OSError):
        broken = outward.get_extra_info("socket")
        broken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    outward.transport.abort()
    outward.close()


@pytest.fixture
async def wire(tmp_path: Path) -> AsyncIterator[Wire]:
    course = make_course(tmp_path)
    write(course.root / "docs/_build/html/large.css", "p {}\n" * 500_000)
    async with server.listening(live_app(course), 0) as port:
        yield Wire(port, course.root)


NO_REQUESTS = {
    "garbage": "GARBAGE\r\n\r\n",
    "tls": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "two hosts": "GET / HTTP/1.1\r\n{own}\r\nHost: evil.example\r\n\r\n",
    "two kinds": f"{SAVE}\r\nContent-Type: text/plain\r\n\r\n",
    "two lengths": "POST / HTTP/1.1\r\n{own}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "length and chunks": (
        f"POST / HTTP/1.1\r\n{{own}}\r\nContent-Length: 1\r\n{CHUNKS}\r\n\r\n0\r\n\r\n"
    ),
    "long line": f"GET /{'x' * 20_000} HTTP/1.1\r\n{{own}}\r\n\r\n",
    "many headers": "GET / HTTP/1.1\r\n{own}\r\n" + "X: y\r\n" * 500 + "\r\n",
    "no version": "GET / HTTP/9.9\r\n{own}\r\n\r\n",
    "folded": "GET / HTTP/1.1\r\n{own}\r\n folded\r\n\r\n",
    "no chunk": f"{SAVE}\r\n{CHUNKS}\r\n\r\nzz\r\n",
}


@pytest.mark.parametrize("text", NO_REQUESTS.values(), ids=NO_REQUESTS)
async def test_what_is_no_request(wire, text, caplog):
    """Bytes that are no request get 400 with the security headers, and nothing is logged."""
    said = await wire.answer(text)
    assert " 400 " in said
    for name, value in content_policy.SECURITY_HEADERS.items():
        assert f"\r\n{name}: {value}\r\n" in said
    assert "\r\nContent-Security-Policy: default-src 'none'" in said
    assert await wire.lives()
    assert caplog.text == ""


SOCKET = (
    "GET /live/socket HTTP/1.1\r\n{own}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
GIVEN_UP = {
    "page": "GET / HTTP/1.1\r\n{own}\r\n\r\n",
    "large file": "GET /large.css HTTP/1.1\r\n{own}\r\n\r\n",
    "state": "GET /live/state HTTP/1.1\r\n{own}\r\n\r\n",
    "save": f"{SAVE}\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}",
    "half a save": f"{SAVE}\r\nContent-Length: 999\r\n\r\n{BODY}",
    "half a chunk": (f"{SAVE}\r\n{CHUNKS}\r\n\r\n9\r\nx"),
    "many at once": "GET / HTTP/1.1\r\n{own}\r\n\r\n" * 40,
    "socket": SOCKET,
    "socket and nonsense": SOCKET + "\xff\xff\xff\xff",
    "half a line": "GET / HT",
    "nothing": "",
}


@pytest.mark.parametrize("text", GIVEN_UP.values(), ids=GIVEN_UP)
async def test_what_is_given_up(wire, text, caplog):
    """A client that disconnects at any moment leaves no log entry, and the next one is served."""
    for turns in range(30):
        async with wire.opened(text):
            for _ in range(turns):
                await asyncio.sleep(0)
    assert await wire.lives()
    assert [record.getMessage() for record in caplog.records] == []


async def test_a_fault_of_the_course_is_written_down(wire, caplog, monkeypatch):
    """An error of the course is logged with its traceback; the response has security headers."""

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pages, "find_file", fault)
    said = await wire.answer("GET / HTTP/1.1\r\n{own}\r\n\r\n")
    assert " 500 " in said
    assert "nosniff" in said
    assert "ZeroDivisionError" in caplog.text


async def test_a_packed_body(wire):
    """A compressed body is refused with 415."""
    head = f"{SAVE}\r\nContent-Encoding: gzip"
    said = await wire.answer(f"{head}\r\nContent-Length: 3\r\n\r\nabc")
    assert " 415 " in said


async def test_a_body_that_does_not_come(wire, monkeypatch):
    """A body that does not arrive is given up with 408; meanwhile others save."""
    monkeypatch.setattr(json_api, "BODY_SECONDS", 0.1)
    head = f"{SAVE}\r\nContent-Length: 99\r\n\r\n"
    assert " 408 " in await wire.answer(head)
    old = version((wire.root / "exercises/step01_hello/greet.py").read_bytes())
    body = json.dumps({"content": "print()\n", "version": old})
    async with wire.opened(head):
        head = f"{SAVE}\r\nContent-Length: {len(body)}\r\n\r\n"
        assert " 200 " in await wire.answer(head + body)


async def test_far_too_many_connections(wire, monkeypatch, caplog):
    """Connections above the limit are closed; when some end, others are accepted."""
    monkeypatch.setattr(connection, "MAX_CONNECTIONS", 5)
    async with contextlib.AsyncExitStack() as stack:
        inside = [await stack.enter_async_context(wire.opened()) for _ in range(5)]
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await wire.lives()
        inward, outward = inside[0]
        outward.write(f"GET / HTTP/1.1\r\n{wire.own}\r\n\r\n".encode())
        assert b" 200 " in await inward.readline()
    async with asyncio.timeout(LONG):
        while True:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                if await wire.lives():
                    break
    assert caplog.text == ""


async def test_silence_ends_a_connection(wire, monkeypatch):
    """An idle connection is closed, also one with half a request."""
    monkeypatch.setattr(connection, "IDLE_SECONDS", 0.1)
    for text in ("", "GET / HTTP/1.1\r\nHost"):
        async with wire.opened(text) as (inward, _):
            assert await inward.read() == b""


FEW = """
import asyncio, pathlib, resource, sys
from workshop.live import server
from workshop.tests.live_server import live_app, make_course
app = live_app(make_course(pathlib.Path(sys.argv[1])))
def ready():
    limit = len(list(pathlib.Path("/proc/self/fd").iterdir())) + 8
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    print(flush=True)
asyncio.run(server.serve(app, int(sys.argv[2]), ready))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells its open files")
async def test_too_few_open_files(tmp_path):
    """Without file descriptors the log has one sentence; afterwards requests are served again."""
    port, pipe = ports.free_port(), asyncio.subprocess.PIPE
    words = (sys.executable, "-c", FEW, str(tmp_path), str(port))
    running = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdout=pipe, stderr=pipe)
    assert running.stdout
    assert running.stderr
    wire = Wire(port, tmp_path)
    async with asyncio.timeout(LONG), contextlib.AsyncExitStack() as stack:
        await running.stdout.readline()
        for _ in range(40):
            await stack.enter_async_context(wire.opened("GET / HTTP/1.1\r\n{own}\r\n\r\n"))
        said = await running.stderr.readline()
    async with asyncio.timeout(LONG):
        assert await wire.lives()
    running.send_signal(signal.SIGTERM)
    _, rest = await running.communicate()
    assert said.decode().strip() == connection.OUT_OF_DESCRIPTORS
    assert rest == b""


async def test_few_files_within_a_request(wire, monkeypatch, caplog):
    """A request that finds no file descriptor gets 503 with a sentence, pages and API alike."""

    def few(*_: object) -> None:
        raise OSError(24, os.strerror(24))

    monkeypatch.setattr(pages, "find_file", few)
    monkeypatch.setattr("workshop.live.state.StateBuilder.course_state", few)
    for path in ("/", "/live/state"):
        async with wire.opened(f"GET {path} HTTP/1.1\r\n{wire.own}\r\n\r\n") as (inward, _):
            assert b" 503 " in await inward.readline()
            assert b"ulimit" in await inward.readuntil(b"ulimit")
    assert caplog.text == ""


def test_one_loop_says_it_once(caplog):
    """The loop's exception handler logs missing descriptors once, and every other error."""
    loop = asyncio.new_event_loop()
    handle = connection.exception_handler()
    for _ in range(3):
        handle(loop, {"message": "accept", "exception": OSError(24, "x")})
    assert caplog.text.count("ulimit") == 1
    handle(loop, {"message": "another fault", "exception": OSError(5, "x")})
    assert "another fault" in caplog.text
    loop.close()
