"""Chromium on this machine, without a window: it takes pictures and looks at pages in tests."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from workshop.course import CourseError

if TYPE_CHECKING:
    from playwright.async_api import Browser

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),  # in a container too
    *("--disable-quic", "--disable-sync", "--no-first-run"),  # and it asks nobody by itself
    *("--disable-background-networking", "--disable-component-update"),
)


def chromium() -> str:
    """Return the path of this machine's Chromium; raises CourseError when it has none."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise CourseError("No Chromium here. Install it (Debian: apt install chromium).")
    return program


@asynccontextmanager
async def opened() -> AsyncIterator[Browser]:
    """Start Chromium, and end it.

    Raises CourseError when this machine has none, ImportError where playwright is missing.
    """
    from playwright.async_api import async_playwright  # it is there for authors only

    program = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=OPTIONS)
        try:
            yield browser
        finally:
            await browser.close()
