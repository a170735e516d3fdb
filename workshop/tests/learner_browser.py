"""The live course in a real Chromium, for tests: a page that shows an exercise."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yarl import URL

from workshop.apps import ports
from workshop.course import Exercise, discover
from workshop.live import server
from workshop.runner.checker import check
from workshop.site.screenshots import OPTIONS, find_chromium
from workshop.tests.live_server import make_codes
from workshop.tests.polling import wait_until_blocking
from workshop.workspace.session import CourseSession

WORD = "the-word-that-lets-a-browser-in"
WIDE = (1280, "light")
ALONE = (
    *("--headless=new", "--remote-debugging-port=0", "--hide-scrollbars", "--mute-audio"),
    *("--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows"),
    *("--disable-renderer-backgrounding", "--disable-component-extensions-with-background-pages"),
    *("--no-default-browser-check", "--password-store=basic", "about:blank"),
)
"""Options of a Chromium that no test starts for itself, as playwright gives them."""
PASTE = """(place, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    place.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""

GRAVE = """axe.run().then(found => found.violations
    .filter(fault => ["serious", "critical"].includes(fault.impact))
    .map(fault => [fault.id, fault.nodes.map(node => node.html.slice(0, 200))]))"""
"""The faults that axe finds on a page, of those that shut somebody out."""


@dataclass
class Learner:
    """A page with an exercise, and the learner's file."""

    page: Any
    exercise: Exercise
    address: str

    @property
    def file(self) -> Path:
        """The learner's file."""
        return self.exercise.file

    @property
    def place(self) -> str:
        """Where the exercise is on its page."""
        return f"#exercise-{self.exercise.name.replace('_', '-')}"

    def part(self, selector: str, **more: Any) -> Any:
        """Return what a selector finds in the exercise."""
        return self.page.locator(f"{self.place} {selector}", **more)

    async def go(self) -> None:
        """Open the page at the exercise, and wait for its editor."""
        await self.page.goto(f"{self.address}{self.exercise.step}/{self.place}")
        await self.part(".cm-editor").wait_for()

    async def write(self, words: str) -> None:
        """Type at the top of the editor, and wait until it is saved."""
        await self.part(".cm-content").focus()
        await self.page.keyboard.press("Control+Home")
        await self.page.keyboard.type(words)
        await self.part(".live-is-saved").wait_for()

    async def paste(self, source: str) -> None:
        """Put another text in the place of the whole file, and check it."""
        await self.part(".cm-content").focus()
        await self.page.keyboard.press("Control+a")
        await self.part(".cm-content").evaluate(PASTE, source)
        await self.page.keyboard.press("Control+Enter")

    async def replace(self, old: str, new: str) -> None:
        """Change the file in another editor."""
        self.file.write_text(self.file.read_text("utf-8").replace(old, new), "utf-8")

    async def type_at_top(self, text: str) -> None:
        """Type a text at the beginning of the editor."""
        await self.part(".cm-content").focus()
        await self.page.keyboard.press("Control+Home")
        await self.page.keyboard.type(text)

    async def press(self, name: str) -> None:
        """Press a button of the exercise."""
        await self.part("button", has_text=name).first.click()

    async def passed(self) -> None:
        """Wait until each check is green and the exercise is done."""
        count = len(self.exercise.questions)
        await self.part("li.live-pass").nth(count - 1).wait_for()
        await self.part(".badge", has_text="Done").wait_for()


@asynccontextmanager
async def served(
    root: Path, pages: Path, port: int = 0, session: CourseSession | None = None, word: str = WORD
) -> AsyncIterator[str]:
    """Serve a copy of the course with the built pages."""
    app = server.create_app(
        session or CourseSession(discover(root), check), pages, make_codes(word, word)
    )
    async with server.listening(app, port) as own:
        yield f"http://{ports.HOST}:{own}/"


@contextmanager
def running_chromium(profile: Path) -> Iterator[str]:
    """Run a Chromium that many tests share, and give the address by which they drive it.

    Raises CourseError when this machine has none.
    """
    words = [
        find_chromium(),
        *OPTIONS,
        *ALONE,
        f"--user-data-dir={profile}",
    ]
    told = profile / "DevToolsActivePort"
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until_blocking(lambda: told.exists() and told.read_text().count("\n"))
            port, path = told.read_text().split("\n")
            yield f"ws://{ports.HOST}:{port}{path}"
        finally:
            process.terminate()


@asynccontextmanager
async def connected(chromium: str) -> AsyncIterator[Any]:
    """The shared Chromium, for one test: what the test opens there is closed at its end."""
    from playwright.async_api import async_playwright  # where it is missing, there is no address

    async with async_playwright() as playwright:
        one = await playwright.chromium.connect_over_cdp(chromium)
        try:
            yield one
        finally:
            await one.close()


@asynccontextmanager
async def browser(chromium: str, width: int = WIDE[0], scheme: str = WIDE[1]) -> AsyncIterator[Any]:
    """A page of Chromium; it complains of errors, and of whatever leaves this machine."""
    async with connected(chromium) as one:
        context = await one.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        faults: list[str] = []

        def asked(url: str) -> None:
            if URL(url).scheme in {"http", "https", "ws", "wss"} and URL(url).host != ports.HOST:
                faults.append(f"{url} was asked for")

        def watch(page: Any) -> None:
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("websocket", lambda socket: asked(socket.url))

        context.on("page", watch)
        context.on("request", lambda request: asked(request.url))
        page = await context.new_page()
        try:
            yield page
        except Exception:
            with contextlib.suppress(Exception):  # a page that is gone hides nothing
                print("The page when it went wrong:", page.url, await page.inner_text("body"))
            raise
    assert faults == []


async def enter(page: Any, address: str, code: str = WORD) -> None:
    """Open the course by the address that its terminal shows."""
    await page.goto(f"{address}#code={code}")
    await page.locator(".live-status[data-state=connected]").wait_for(state="attached")


async def open_exercise(
    page: Any, root: Path, address: str, name: str = "step01/plain_text"
) -> Learner:
    """Open the page of an exercise, with the word that lets a browser in."""
    await enter(page, address)
    learner = Learner(page, discover(root).select(name)[0], address)
    await learner.go()
    return learner
