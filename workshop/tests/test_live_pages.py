"""The live page in a real browser, with the real server: what a learner sees and does."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

from workshop.course import discover
from workshop.lesson import Lesson
from workshop.live import server
from workshop.machine import ports
from workshop.tests.sites import Built

playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("live pages")]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"]
WORD = "the word that lets a browser in"
EXERCISE = "#exercise-plain-text"
SIZES = {"wide and light": (1280, "light"), "phone and dark": (360, "dark")}
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
GRAVE = """axe.run().then(found => found.violations
    .filter(fault => ["serious", "critical"].includes(fault.impact))
    .map(fault => [fault.id, fault.nodes.map(node => node.html.slice(0, 200))]))"""


@dataclass
class Desk:
    """A page with a first exercise, and the learner's file."""

    page: Any
    file: Path
    address: str

    def part(self, selector: str, **more: Any) -> Any:
        """Return what a selector finds in the exercise."""
        return self.page.locator(f"{EXERCISE} {selector}", **more)

    async def write(self, words: str) -> None:
        """Type at the top of the editor, and wait until it is saved."""
        await self.part(".cm-content").focus()
        await self.page.keyboard.press("Control+Home")
        await self.page.keyboard.type(words)
        await self.part(".live-is-saved").wait_for()

    async def replace(self, old: str, new: str) -> None:
        """Change the file in another editor."""
        self.file.write_text(self.file.read_text("utf-8").replace(old, new), "utf-8")

    async def press(self, name: str) -> None:
        """Press a button of the exercise."""
        await self.part("button", has_text=name).first.click()


@asynccontextmanager
async def served(root: Path, pages: Path, port: int = 0) -> AsyncIterator[str]:
    """Serve a copy of the course with the built pages."""
    runner = web.AppRunner(server.create_app(Lesson(discover(root)), pages, WORD))
    await runner.setup()
    try:
        site = web.TCPSite(runner, ports.HOST, port)
        await site.start()
        yield f"http://{ports.HOST}:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def browser(width: int, scheme: str) -> AsyncIterator[Any]:
    """A page of Chromium that tells what it has to complain about."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    async with playwright.async_playwright() as player:
        one = await player.chromium.launch(executable_path=chromium, args=QUIET)
        page = await one.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        await one.close()
        assert faults == []


both_sizes = pytest.mark.parametrize("desk", SIZES, indirect=True)


@pytest.fixture
async def desk(request, scratch, site):
    size = SIZES[getattr(request, "param", "wide and light")]
    async with served(scratch, site.html) as address, browser(*size) as page:
        yield await sit_down(page, scratch, address)


async def sit_down(page: Any, root: Path, address: str) -> Desk:
    """Open the page of the exercise, with the word that lets a browser in."""
    await page.goto(f"{address}?token={WORD}")
    await page.goto(f"{address}step01_hello/{EXERCISE}")
    await page.locator(f"{EXERCISE} .cm-editor").wait_for()
    return Desk(page, root / "exercises" / "step01_hello" / "plain_text.py", address)


@both_sizes
async def test_from_a_failed_check_to_the_solution(desk, frontend):
    axe = (frontend / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    await desk.part(".cm-content").focus()
    await desk.page.keyboard.press("Control+Enter")
    await desk.part("li.live-fail").nth(2).wait_for()
    await desk.part(".live-fault-line").wait_for()
    assert "501 came, 200 was wanted" in await desk.part(".live-why").first.inner_text()
    assert await desk.part(".live-box mark").first.inner_text() == "501"
    await desk.press("Hint (2 left)")
    await desk.part(".live-hints li").first.wait_for()
    await desk.page.evaluate(axe)
    assert await desk.page.evaluate(GRAVE) == []
    assert not await desk.page.evaluate(TOO_WIDE)
    await desk.press("Solution")
    await desk.part(".live-note p").wait_for()
    await desk.press("Show the solution all the same")
    await desk.page.locator("dialog .live-merge").wait_for()
    assert await desk.page.evaluate(GRAVE) == []
    assert not await desk.page.evaluate(TOO_WIDE)
    await desk.page.keyboard.press("Escape")
    await desk.replace('status=501, text="not done yet"', 'text="Hello from Ada"')
    await desk.part("li.live-pass").nth(2).wait_for()
    await desk.part(".badge", has_text="Done").wait_for()


async def test_editor_and_disk_are_the_same_file(desk):
    await desk.write("# Ada\n")
    assert desk.file.read_text("utf-8").startswith("# Ada\n")
    await desk.replace("# Ada", "# Ada and Grace")
    await desk.part(".cm-line", has_text="# Ada and Grace").wait_for()
    await desk.part(".cm-content").focus()
    await desk.page.keyboard.press("Control+z")
    await desk.part(".cm-line", has_text="# Ada and Grace").wait_for(state="detached")
    await desk.part(".live-is-saved").wait_for()
    assert desk.file.read_text("utf-8").startswith("# Ada\n")


async def test_neither_side_of_a_conflict_is_lost(desk):
    await desk.part(".live-auto input").uncheck()
    await desk.part(".cm-content").focus()
    await desk.page.keyboard.press("Control+Home")
    await desk.page.keyboard.type("# mine\n")
    await desk.replace('"""Your', '# theirs\n"""Your')
    await desk.part(".live-conflict .live-merge").wait_for()
    assert desk.file.read_text("utf-8").startswith("# theirs\n")
    await desk.press("Keep mine")
    await desk.part(".live-is-saved").wait_for()
    assert desk.file.read_text("utf-8").startswith("# mine\n")


async def test_edits_outlive_the_course(scratch, site):
    async with browser(1280, "light") as page:
        async with served(scratch, site.html) as address:
            desk = await sit_down(page, scratch, address)
        await page.locator(".live-status:is([data-state=ended], [data-state=away])").wait_for()
        await desk.part(".cm-content").focus()
        await page.keyboard.press("Control+Home")
        await page.keyboard.type("# Ada\n")
        await desk.part(".live-is-away").wait_for()
        async with served(scratch, site.html, URL(address).port or 0):
            await page.locator(".live-status[data-state=connected]").wait_for()
            await desk.part(".live-is-saved").wait_for()
            assert desk.file.read_text("utf-8").startswith("# Ada\n")


async def test_tab_indents_and_after_escape_it_leaves(desk):
    await desk.part(".cm-content").focus()
    await desk.page.keyboard.press("Tab")
    await desk.part(".cm-content:focus").wait_for()
    await desk.page.keyboard.press("Escape")
    await desk.page.keyboard.press("Tab")
    await desk.part("button:focus", has_text="Check").wait_for()


async def test_what_code_prints_and_answers_stays_text(desk):
    evil = "<img src=x onerror=document.title='evil'><script>document.title='evil'</script>"
    await desk.replace("async def index", f"print({evil!r})\n\n\nasync def index")
    await desk.replace('status=501, text="not done yet"', f"text={evil!r}")
    await desk.part(".live-box mark, .live-difference", has_text="<img").first.wait_for()
    assert await desk.part(":is(img, script)").count() == 0
    assert "evil" not in await desk.page.title()


@both_sizes
async def test_the_app_runs_beside_the_text(desk):
    await desk.replace('status=501, text="not done yet"', 'text="Hello from Ada"')
    await desk.press("Run")
    await desk.page.frame_locator(".live-app iframe").get_by_text("Hello from Ada").wait_for()
    await desk.page.get_by_role("tab", name="Request").click()
    await desk.page.get_by_role("button", name="Send").click()
    await desk.page.locator(".live-answer", has_text="200 OK").wait_for()
    assert not await desk.page.evaluate(TOO_WIDE)
    await desk.page.get_by_role("button", name="Stop").click()
    await desk.page.locator(".live-app[data-state=stopped]").wait_for()


@both_sizes
async def test_the_landing_page_knows_where_to_go_on(desk, frontend):
    await desk.page.goto(desk.address)
    await desk.page.locator(".live-continue a").wait_for()
    await desk.page.evaluate(
        (frontend / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    )
    assert await desk.page.evaluate(GRAVE) == []
    assert not await desk.page.evaluate(TOO_WIDE)
    await desk.page.locator(".live-continue a").click()
    await desk.page.locator("section.exercise .cm-editor").first.wait_for()


async def test_without_its_cookie_a_page_asks_for_nothing(scratch: Path, site: Built) -> None:
    async with served(scratch, site.html) as address, browser(1280, "light") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
        await page.goto(f"{address}step01_hello/", wait_until="networkidle")
        assert any("_static/live/live.js" in url for url in asked)
        assert [url for url in asked if url.startswith(f"{address}live/")] == []
        assert await page.locator("[class*=live-]").count() == 0
