"""Screenshots of a running step, light and dark, for its page: `nox -s shots`.

A page's folder says in `shots.toml` what to take:
`[[shot]]` with a name, a path, width and height in CSS pixels, and perhaps the module of an app.
"""

from __future__ import annotations

import asyncio
import importlib
import shutil
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from workshop.course import Course, CourseError, Step, discover
from workshop.site.dialogue import temporary_data

if TYPE_CHECKING:
    from playwright.async_api import Browser


PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),  # in a container too
    *("--disable-quic", "--disable-sync", "--no-first-run"),  # no requests of its own
    *("--disable-background-networking", "--disable-component-update"),
)


def find_chromium() -> str:
    """Return the path of Chromium; raises CourseError when it is not installed."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise CourseError("No Chromium here. Install it (Debian: apt install chromium).")
    return program


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Run Chromium without a window for the time of the block.

    Raises CourseError without Chromium, ImportError without playwright.
    """
    from playwright.async_api import async_playwright  # a dependency of authors only

    program = find_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=OPTIONS)
        try:
            yield browser
        finally:
            await browser.close()


SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Screenshot:
    """An entry of `shots.toml`; width and height in CSS pixels."""

    name: str
    path: str
    width: int
    height: int
    app: str = ""
    """The module of another `create_app`, for an app that starts with data."""


def read_list(step: Step) -> tuple[Screenshot, ...]:
    """Return the shots of a step's `shots.toml`; raises CourseError when the file is malformed."""
    file = step.page.parent / "shots.toml"
    try:
        return tuple(Screenshot(**shot) for shot in tomllib.loads(file.read_text("utf-8"))["shot"])
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CourseError(
            f"{file}: {error}. A [[shot]] has name, path, width and height."
        ) from error


@asynccontextmanager
async def serve_step(step: Step, shot: Screenshot) -> AsyncIterator[str]:
    """Serve a step's app with an empty data folder; yields its URL."""
    with temporary_data():
        app = importlib.import_module(shot.app or f"steps.{step.folder}.app").create_app()
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            yield f"http://127.0.0.1:{site.port}"
        finally:
            await runner.cleanup()


async def take_screenshot(
    browser: Browser, step: Step, shot: Screenshot, address: str
) -> list[Path]:
    """Save a screenshot in both colour schemes beside the page; return the files."""
    files = []
    for scheme in SCHEMES:
        size = {"width": shot.width, "height": shot.height}
        page = await browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        await page.goto(address + shot.path)
        files.append(step.page.parent / f"{shot.name}-{scheme}.png")
        await page.screenshot(path=files[-1])
        await page.close()
    return files


async def take_all(course: Course) -> list[Path]:
    """Save every screenshot of the course; return the files.

    Raises CourseError without Chromium, and when a `shots.toml` is malformed.
    """
    files: list[Path] = []
    async with open_browser() as browser:
        for step in course.steps:
            for shot in read_list(step):
                async with serve_step(step, shot) as address:
                    files += await take_screenshot(browser, step, shot, address)
    return files


if __name__ == "__main__":
    for made in asyncio.run(take_all(discover())):
        sys.stdout.write(f"{made}\n")
