"""The pages in a real browser, under the policy of the live course."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from workshop.live import content_policy, pages, server
from workshop.tests.learner_browser import connected
from workshop.tests.live_server import (
    CODE,
    TOKEN,
    Browser,
    instant_check,
    live_app,
    make_codes,
    make_course,
    write,
)
from workshop.tests.sites import Built
from workshop.workspace.session import CourseSession

pytestmark = [pytest.mark.browser]
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`);
});
"""


@asynccontextmanager
async def tab(chromium: str) -> AsyncIterator[Any]:
    """Give a tab of a browser that notes what a policy refuses."""
    async with connected(chromium) as browser:
        page = await browser.new_page()
        await page.add_init_script(LISTEN)
        yield page


async def refused(page: Any, address: str) -> list[str]:
    """Return what the policy refused on a page."""
    code = "#" in address  # a page that takes a code is loaded once more
    await page.goto(address, wait_until="networkidle" if code else "load")
    found: list[str] = await page.evaluate("window.refused")
    return found


async def test_pages_do_all_that_they_want(
    site: Built, tmp_path: Path, aiohttp_server: Any, chromium: str
) -> None:
    """No page of the site breaks its policy, and the search finds pages."""
    app = server.create_app(
        CourseSession(make_course(tmp_path), instant_check), site.html, make_codes(TOKEN, CODE)
    )
    address = str((await aiohttp_server(app)).make_url("/"))
    names = [p.relative_to(site.html).as_posix() for p in sorted(site.html.rglob("*.html"))]
    wrong: dict[str, object] = {}
    async with tab(chromium) as page:
        said: list[str] = []
        page.on("console", lambda m: said.append(m.text) if "Security" in m.text else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        for name in ["", f"#code={CODE}", *names]:
            if found := await refused(page, address + name):
                wrong[name] = found
        await page.goto(f"{address}search.html?q=middleware")
        await page.wait_for_selector("#search-results li")
        assert (wrong, said) == ({}, [])
        assert await page.evaluate("document.body.dataset.theme")


async def test_a_script_that_is_not_the_pages_own(
    tmp_path: Path, aiohttp_client: Any, monkeypatch: pytest.MonkeyPatch, chromium: str
) -> None:
    """An inline script runs only if the policy has its hash."""
    course = make_course(tmp_path)
    index = course.root / "docs/_build/html/index.html"
    write(index, "<script>window.own = 1</script><img src='x' onerror='window.own = 2'>")
    client = await aiohttp_client(live_app(course))
    async with tab(chromium) as page:
        assert await refused(page, str(client.make_url("/"))) == ["script-src-attr inline "]
        assert await page.evaluate("window.own") == 1
        monkeypatch.setattr(pages, "script_hashes", lambda file: ())
        assert "script-src-elem inline" in (await refused(page, str(client.make_url("/"))))[0]
        assert await page.evaluate("window.own") is None


COMES_IN = """async (code) => {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ code });
  const asked = await fetch("/door/enter", { method: "POST", headers, body });
  const key = (await asked.json()).token;
  const state = await fetch("/live/state", { headers: { "Workshop-Key": key } });
  const without = await fetch("/live/state");
  const check = await fetch("/live/exercises/step01/greet/check", {
    method: "POST", headers: { "Workshop-Key": key },
  });
  const first = await new Promise((resolve) => {
    const socket = new WebSocket(`ws://${location.host}/live/socket`, ["workshop", `key.${key}`]);
    socket.onmessage = (event) => resolve(`${socket.protocol}: ${JSON.parse(event.data).kind}`);
    socket.onerror = () => resolve("refused");
  });
  return [state.status, without.status, check.status, first, document.cookie];
}"""


async def test_a_real_browser_comes_in(tmp_path: Path, aiohttp_client: Any, chromium: str) -> None:
    """Chromium gets the key for a code, and then state, check and websocket."""
    client = await aiohttp_client(live_app(make_course(tmp_path)))
    async with tab(chromium) as page:
        await page.goto(str(client.make_url("/")))
        reply = await page.evaluate(COMES_IN, CODE)
        assert reply == [200, 403, 202, "workshop: state", ""]


async def test_a_page_in_a_frame(
    tmp_path: Path,
    aiohttp_client: Any,
    aiohttp_server: Any,
    monkeypatch: pytest.MonkeyPatch,
    chromium: str,
) -> None:
    """A foreign page that frames the course shows nothing of it."""

    async def framing(request: web.Request) -> web.Response:
        frame = f"<iframe src='{request.query['what']}'></iframe>"
        return web.Response(text=frame, content_type="text/html")

    async def is_shown() -> bool:
        client = await aiohttp_client(live_app(make_course(tmp_path / "a course")))
        browser = await Browser(client).enter()
        await page.goto(f"{evil.make_url('/')}?what={browser.origin}/", wait_until="load")
        text = await page.frames[1].evaluate("document.documentElement.innerText")
        return "front page" in text

    app = web.Application()
    app.router.add_get("/", framing)
    evil = await aiohttp_server(app)
    async with tab(chromium) as page:
        assert not await is_shown()

        async def nothing(request: web.Request, response: web.StreamResponse) -> None:
            """Say nothing to the browser."""

        monkeypatch.setattr(content_policy, "add_security_headers", nothing)
        assert await is_shown()
