"""A small live course for tests: two exercises, an instant check, a browser without a screen."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient

from workshop.course import Course, Exercise, discover
from workshop.live import security, server
from workshop.live.security import OneTimeCodes
from workshop.report import Check as Question
from workshop.report import Outcome, Report
from workshop.workspace.session import Check, CourseSession

TOKEN = "the-right-token"
CODE = "the-right-code"
STUB = '''"""Say hello."""

from aiohttp import web


async def index(request: web.Request) -> web.Response:
    # TODO: Say hello.
    return web.Response(status=501, text="not done yet")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app


def main() -> None:
    import os

    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ["PORT"]))


if __name__ == "__main__":
    main()
'''
SUITE = '''"""{title}

Do it.
"""

import pytest

pytestmark = pytest.mark.exercise(number={number}, minutes=5, when="room")


@pytest.mark.hint("A nudge.", "Nearly the answer.")
async def test_says_hello(client):
    """GET / says hello."""


async def test_is_polite(client):
    """It is polite."""
'''
SOLVED_TEXT = "well said"
"""The text by which `instant_check` lets a file pass."""


def make_course(root: Path) -> Course:
    """Make a course of one step: an app `greet`, and `count`, which is none."""
    for name, number, stub in (("greet", 1, STUB), ("count", 2, "# TODO: Count.\n")):
        write(root / f"exercises/step01_hello/{name}.py", stub)
        write(root / f"workshop/stubs/step01_hello/{name}.py", stub)
        write(root / f"solutions/step01_hello/{name}.py", stub.replace("not done yet", SOLVED_TEXT))
        suite = SUITE.format(title=name.capitalize(), number=number)
        write(root / f"exercises/step01_hello/test_{name}.py", suite)
    write(root / "steps/step01_hello/app.py", STUB.replace("not done yet", "the step"))
    write(root / "docs/step01_hello/index.md", "# Step 01: Hello\n")
    html = root / "docs/_build/html"
    write(html / "index.html", "<head></head><script>one()</script><p>the front page</p>")
    write(html / "step01_hello/index.html", "step 01")
    write(html / "style.css", "p {}")
    write(root / "docs/_build/secret.html", "secret")
    return discover(root)


def write(file: Path, text: str) -> None:
    """Write a file, and make its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


async def instant_check(exercise: Exercise) -> Report:
    """Check by a search for `SOLVED_TEXT`."""
    good = exercise.file.exists() and SOLVED_TEXT in exercise.file.read_text("utf-8", "replace")
    outcome = Outcome.PASSED if good else Outcome.FAILED
    hints = ("A nudge.", "Nearly the answer.")
    checks = (Question("test_says_hello", "GET / says hello.", outcome, hints=hints),)
    return Report(exercise.step, exercise.name, outcome, checks)


def live_app(
    course: Course, check: Check = instant_check, without: object = None
) -> web.Application:
    """Return the live course; `without` is a guard of `security` that is left out."""
    guards = [g for g in (*security.GUARDS, *security.INNER_GUARDS) if g is not without]
    pages = course.root / "docs" / "_build" / "html"
    return server.create_app(CourseSession(course, check), pages, make_codes(TOKEN, CODE), guards)


def make_codes(token: str, code: str) -> OneTimeCodes:
    """Return codes with one that is valid once."""
    codes = OneTimeCodes(token)
    codes.issue(code)
    return codes


def version(text: str | bytes) -> str:
    """Return the version of a file's content: its SHA-256."""
    data = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(data).hexdigest()


class Browser:
    """A browser with one page of the course open; `enter` gets the key."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client
        self.origin = f"http://127.0.0.1:{client.port}"

    async def enter(self) -> Browser:
        """Get the key for the code that the terminal prints, and send the key from now on."""
        reply = await self.send_code(CODE)
        assert reply.status == 200
        self.client.session.headers[security.KEY_HEADER] = (await reply.json())["token"]
        return self

    async def send_code(self, code: str, **headers: str) -> Any:
        """Request the key for a code, as a page does."""
        own = {"Origin": self.origin, **headers}
        return await self.client.post("/door/enter", json={"code": code}, headers=own)

    async def request(
        self, method: str, path: str, data: object = None, **headers: str
    ) -> tuple[int, Any]:
        """Send a request as the page does; return status and body."""
        own = {"Origin": self.origin, "Content-Type": "application/json", **headers}
        sent = None if data is None else io.BytesIO(json.dumps(data).encode())
        response = await self.client.request(method, f"/live{path}", headers=own, data=sent)
        is_json = response.content_type == "application/json"
        return response.status, await (response.json() if is_json else response.text())

    async def open_websocket(self, **headers: str) -> Any:
        """Open the websocket."""
        own = {"Origin": self.origin, **headers}
        return await self.client.ws_connect("/live/socket", headers=own)

    async def wait(self, path: str, key: str, wanted: object) -> Any:
        """Repeat a request until the body has a value."""
        async with asyncio.timeout(30):
            while True:
                _, reply = await self.request("GET", path)
                if reply.get(key) == wanted:
                    return reply


async def receive(socket: Any, kind: str, **wanted: object) -> Any:
    """Return the next message of a kind that has these values."""
    async with asyncio.timeout(30):
        while True:
            message = await socket.receive_json()
            if message["kind"] == kind and wanted.items() <= message.items():
                return message
