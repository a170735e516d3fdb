"""The key to the course in a real browser: who has it, who does not, and who never sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

from workshop.apps import ports
from workshop.course import ROOT, Course
from workshop.live import serve, server
from workshop.tests.learner_browser import WORD, browser, enter, served
from workshop.tests.live_server import CODE, TOKEN, instant_check, live_app, make_course, write
from workshop.tests.sites import Built
from workshop.workspace.session import CourseSession

pytestmark = [pytest.mark.slow, pytest.mark.browser]
CONNECTED = ".live-status[data-state=connected]"
KNOWN = "[Object.values(localStorage), Object.values(sessionStorage), document.cookie]"


@pytest.fixture
async def page(chromium: str) -> AsyncIterator[Any]:
    """A tab that notes in `asked` what it asks for."""
    async with browser(chromium) as opened:
        opened.asked = []
        for kind in ("request", "websocket"):
            opened.on(kind, lambda each: opened.asked.append(URL(each.url).path))
        yield opened


async def test_a_browser_that_was_not_let_in_is_told(scratch: Path, site: Built, page: Any) -> None:
    """A page without the key says what to do, and sends no request."""
    async with served(scratch, site.html) as address:
        await page.goto(f"{address}step01_hello/", wait_until="networkidle")
        said = page.locator(".live-status[data-state=shut]")
        await said.get_by_text("Open the newest address that the course shows").wait_for()
        assert "/_static/live/live.js" in page.asked
        assert [path for path in page.asked if path.startswith(("/live/", "/door/"))] == []
        assert await page.locator(".cm-editor").count() == 0
        await page.goto(address, wait_until="networkidle")
        await page.evaluate("code => location.hash = code", f"#code={WORD}")  # no new page
        await page.locator(CONNECTED).wait_for()
        assert page.url == address


async def test_who_was_let_in_stays_in(scratch: Path, site: Built, page: Any) -> None:
    """A browser that has the key keeps it over reload, new tab and its used address."""
    async with served(scratch, site.html) as address:
        await enter(page, address)
        assert page.url == address
        await page.reload()
        await page.locator(CONNECTED).wait_for()
        another = await page.context.new_page()
        for place in ("step01_hello/", "step02_routes/#exercises", f"#code={WORD}"):
            await another.goto(f"{address}{place}")
            await another.locator(CONNECTED).wait_for()


async def test_an_address_lets_one_browser_in(scratch: Path, site: Built, page: Any) -> None:
    """An address that was used gives no key to a second browser."""
    async with served(scratch, site.html) as address:
        await enter(page, address)
        stranger = await (await page.context.browser.new_context()).new_page()
        await stranger.goto(f"{address}#code={WORD}")
        await stranger.locator(".live-status[data-state=shut]").wait_for()


async def test_all_tabs_come_back_when_one_is_let_in_again(
    scratch: Path, site: Built, page: Any
) -> None:
    """After a new start of the course one tab with the new code reconnects all tabs."""
    async with served(scratch, site.html) as address:
        await enter(page, address)
    async with served(scratch, site.html, URL(address).port or 0, word="another-word"):
        await page.locator(".live-status[data-state=locked]").wait_for()
        another = await page.context.new_page()
        await enter(another, address, "another-word")
        await page.locator(CONNECTED).wait_for()


async def test_a_copy_elsewhere_asks_for_nothing(
    site: Built, page: Any, aiohttp_server: Any
) -> None:
    """A copy of a page on another server sends no request and shows no editor."""
    copy = web.Application()
    copy.router.add_static("/", site.html)
    address = (await aiohttp_server(copy)).make_url("/step01_hello/index.html")
    await page.goto(str(address), wait_until="networkidle")
    assert "/_static/live/live.js" in page.asked
    assert [path for path in page.asked if path.startswith(("/live/", "/door/"))] == []
    assert await page.locator("[class*=live-]").count() == 0


def alive(root: Path) -> Course:
    """Make a small course whose front page has the front end."""
    course = make_course(root)
    for name in ("live.js", "live.css"):
        code = (ROOT / "docs/_static/live" / name).read_text("utf-8")
        write(course.root / "docs/_build/html/_static/live" / name, code)
    script = '<script type="module" src="/_static/live/live.js"></script>'
    write(course.root / "docs/_build/html/index.html", f"<head>{script}</head><p>the page</p>")
    return course


async def test_the_letter_leads_in(tmp_path: Path, page: Any) -> None:
    """The redirect page leads the browser into the course, and is deleted then."""
    course, pages = alive(tmp_path), tmp_path / "docs/_build/html"
    port = ports.free_port()
    shown: list[str] = []
    ways = serve.LoginLinks(tmp_path / serve.REDIRECT_FILE, port, shown.append)
    app = server.create_app(CourseSession(course, instant_check), pages, ways.codes)
    async with server.listening(app, port):
        letter = ways.write_page()
        assert letter
        await page.goto(letter.as_uri())
        await page.locator(CONNECTED).wait_for()
        assert page.url == f"http://{ports.HOST}:{port}/"
        assert (letter.exists(), shown) == (False, [])


ASKS = """async (course) => {
  await fetch("/live/state");
  await new Promise((resolve) => {
    const socket = new WebSocket(`ws://${location.host}/live/socket`, "workshop");
    socket.onclose = socket.onopen = resolve;
  });
  const answers = ["live/state", "door/enter"].map((path) =>
    fetch(course + path, { credentials: "include" }).then((came) => came.text()).catch(() => ""));
  return Promise.all(answers);
}"""


async def test_a_server_on_another_port_gets_nothing(
    tmp_path: Path, page: Any, aiohttp_client: Any, aiohttp_server: Any
) -> None:
    """A server on another port gets the key by no request of its pages."""
    sent: list[str] = []

    async def look(request: web.Request) -> web.Response:
        sent.append(str(request.raw_headers))
        return web.Response(text="<title>x</title>", content_type="text/html")

    neighbour = web.Application()
    neighbour.router.add_get("/{path:.*}", look)
    other = str((await aiohttp_server(neighbour)).make_url("/"))
    course = alive(tmp_path)
    address = str((await aiohttp_client(live_app(course))).make_url("/"))
    await enter(page, address, CODE)
    assert TOKEN in str(await page.evaluate(KNOWN))
    for place in (other, f"{other}live/state"):
        await page.goto(place)
        assert await page.evaluate(ASKS, address) == ["", ""]
        assert TOKEN not in str(await page.evaluate(KNOWN))
    assert len(sent) >= 6
    assert [text for text in sent if TOKEN in text or CODE in text] == []
