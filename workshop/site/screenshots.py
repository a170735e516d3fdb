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
from workshop.site.dialogue import own_data

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


SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to take; the size in CSS pixels."""

    name: str
    path: str
    width: int
    height: int
    app: str = ""
    """The module with another `create_app`, for a step that shows more with something in it."""


def wanted(step: Step) -> tuple[Shot, ...]:
    """Return the shots that a step's page asks for; raises CourseError when the list is faulty."""
    file = step.page.parent / "shots.toml"
    try:
        return tuple(Shot(**shot) for shot in tomllib.loads(file.read_text("utf-8"))["shot"])
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CourseError(
            f"{file}: {error}. A [[shot]] has name, path, width and height."
        ) from error


@asynccontextmanager
async def served(step: Step, shot: Shot) -> AsyncIterator[str]:
    """Serve a step with an empty data folder; yields its address."""
    with own_data():
        app = importlib.import_module(shot.app or f"steps.{step.folder}.app").create_app()
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            yield f"http://127.0.0.1:{site.port}"
        finally:
            await runner.cleanup()


async def take(browser: Browser, step: Step, shot: Shot, address: str) -> list[Path]:
    """Take one picture in both schemes; return the files written beside the page."""
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
    """Take every picture of the course; return the files.

    Raises CourseError when this machine has no Chromium.
    """
    files: list[Path] = []
    async with opened() as browser:
        for step in course.steps:
            for shot in wanted(step):
                async with served(step, shot) as address:
                    files += await take(browser, step, shot, address)
    return files


if __name__ == "__main__":
    for made in asyncio.run(take_all(discover())):
        sys.stdout.write(f"{made}\n")
