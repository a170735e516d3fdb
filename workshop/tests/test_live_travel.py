"""What a learner takes along, in a real browser: out of one course, into another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workshop.course import discover
from workshop.tests.learner_browser import browser, open_exercise, served

pytestmark = [pytest.mark.slow, pytest.mark.browser]


async def test_files_and_ticks_come_along(scratch: Path, site, tmp_path, chromium: str):
    """Done is said of a file: it goes when that is broken, and comes with it to another course."""
    fresh = tmp_path / "fresh"
    shutil.copytree(scratch, fresh)
    taken = tmp_path / "taken.zip"
    async with served(scratch, site.html) as address, browser(chromium) as page:
        learner = await open_exercise(page, scratch, address)
        solution = learner.exercise.solution.read_text("utf-8")
        await learner.paste(solution)
        await learner.passed()
        await learner.replace("status", "statu")
        await learner.replace("text=", "txt=")
        badge = learner.part(".badge", has_text="Passed before, not as it is now")
        await badge.wait_for()
        assert await learner.page.locator("section.exercise.live-done").count() == 0
        await learner.paste(solution)
        await learner.passed()
        await page.goto(address)
        async with page.expect_download() as caught:
            await page.get_by_role("button", name="Save my progress").click()
        await (await caught.value).save_as(taken)
    theirs = discover(fresh).select("step01/plain_text")[0]
    theirs.file.write_text("mine = 1\n", "utf-8")
    async with served(fresh, site.html) as address, browser(chromium) as page:
        learner = await open_exercise(page, fresh, address)
        await page.goto(address)
        chosen = page.locator(".live-landing input[type=file]")
        await chosen.set_input_files(taken)
        dialog = page.locator("dialog")
        await dialog.get_by_text("exercises/step01_hello/plain_text.py").wait_for()
        await dialog.get_by_role("button", name="Cancel").click()
        assert theirs.file.read_text("utf-8") == "mine = 1\n"
        await chosen.set_input_files(taken)
        await dialog.get_by_role("button", name="Take it").click()
        await page.locator(".live-landing", has_text="What was there is kept").wait_for()
        await page.locator(".live-continue", has_text="1 of ").wait_for()
        assert theirs.file.read_text("utf-8") == solution
        await learner.go()
        await learner.part(".badge", has_text="✓ Done").wait_for()
        await learner.press("Reset")
        await page.locator("dialog summary", has_text="Copies that were kept (1)").wait_for()


async def test_what_is_no_progress_is_told(scratch: Path, site, tmp_path, chromium: str):
    """A file that is no progress is reported by a sentence, without a dialog."""
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG")
    async with served(scratch, site.html) as address, browser(chromium) as page:
        await open_exercise(page, scratch, address)
        await page.goto(address)
        await page.locator(".live-landing input[type=file]").set_input_files(picture)
        await page.locator(".live-landing", has_text="photo.png is no progress").wait_for()
        assert await page.locator("dialog").count() == 0
