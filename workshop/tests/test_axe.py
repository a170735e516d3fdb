"""axe tests every page for accessibility: static and live, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from workshop.tests.learner_browser import GRAVE, browser, enter, served
from workshop.tests.sites import Built

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WIDTHS = {"wide": 1280, "phone": 360}


def pages(site: Built) -> list[str]:
    """Return the addresses of all pages."""
    found = [file.relative_to(site.html) for file in site.html.rglob("*.html")]
    return sorted(file.as_posix() for file in found if not file.parts[0].startswith("_"))


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    """The width of the window in pixels."""
    return WIDTHS[request.param]


@pytest.fixture(params=["light", "dark"])
async def page(
    request: pytest.FixtureRequest, width: int, scratch: Path, site: Built, chromium: str
) -> AsyncIterator[tuple[Any, str]]:
    """A page of Chromium and the address of the course."""
    async with (
        served(scratch, site.html) as address,
        browser(chromium, width, request.param) as opened,
    ):
        yield opened, address


@pytest.mark.sampled
@pytest.mark.parametrize("alive", [False, True], ids=["read", "alive"])
async def test_nobody_is_shut_out(page: tuple[Any, str], site: Built, frontend: Path, alive: bool):
    """axe finds no serious and no critical fault on any page."""
    opened, address = page
    axe = (frontend / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    if alive:
        await enter(opened, address)
    grave = {}
    for name in pages(site):
        await opened.goto(address + name)
        if alive:
            await opened.locator(".live-status[data-state=connected]").wait_for(state="attached")
        await opened.evaluate(axe)
        grave[name] = await opened.evaluate(GRAVE)
    assert len(grave) > 15
    assert {name: faults for name, faults in grave.items() if faults} == {}
