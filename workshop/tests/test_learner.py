"""End-to-end tests of the live page in Chromium, with the real checks."""

from __future__ import annotations

import ast
import asyncio
import gc
import itertools
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from workshop.course import ROOT, Exercise, discover
from workshop.course.answers import read_answers
from workshop.report import Report
from workshop.runner import checker
from workshop.runner.pool import WorkerPool
from workshop.tests.learner_browser import Learner, browser, enter, open_exercise, served
from workshop.tests.sites import Built
from workshop.workspace.progress import FOLDER
from workshop.workspace.session import CourseSession

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FOCUSED = """() => {
    const here = document.activeElement;
    return here.ariaLabel || here.textContent || here.tagName;
}"""
TROUBLE = "li:is(.live-fail, .live-error)"
EARLY, LATE = 50, 500
"""The numbers of saves after which objects are counted."""


@pytest.fixture
async def learner(scratch: Path, site: Built, chromium: str) -> AsyncIterator[Learner]:
    """The live course with warm workers, as `python -m workshop` starts it."""
    course = discover(scratch)
    async with WorkerPool(course) as pool:
        session = CourseSession(course, pool.check, pool.expect)
        async with (
            served(scratch, site.html, session=session) as address,
            browser(chromium) as page,
        ):
            yield await open_exercise(page, scratch, address)


def wrong(exercise: Exercise) -> tuple[str, str]:
    """Return a wrong answer to an exercise, and the name of the check that fails."""
    answers = read_answers(Exercise(ROOT, exercise.step, exercise.name), "wrong_")
    source = answers[min(answers)]
    said = ast.get_docstring(ast.parse(source)) or ""
    found = re.search(r"^check: (\w+)", said, re.MULTILINE)
    assert found, exercise.key
    return source, found[1]


@pytest.mark.parametrize("step", ["step01", "step03"])
async def test_a_learner_goes_through_a_step(learner: Learner, step: str):
    """A learner edits a file, reads evidence and a hint, corrects the file, and goes on."""
    course = discover(learner.exercise.root)
    room = [exercise for exercise in course.step(step).exercises if exercise.when == "room"]
    for exercise in room:
        learner.exercise = exercise
        await learner.go()
        source, check = wrong(exercise)
        await learner.paste(source)
        await learner.part(f'{TROUBLE}[data-check="{check}"]').wait_for()
        await learner.part(f"{TROUBLE} .live-why").first.wait_for()
        assert exercise.file.read_text("utf-8") == source
        hint = learner.part(f"{TROUBLE} button", has_text="Hint (").first
        await hint.click()
        await learner.part(".live-hints li").first.wait_for()
        await learner.paste(exercise.solution.read_text("utf-8"))
        await learner.passed()
    await learner.page.goto(learner.address)
    following = next(e for e in course.exercises if e.when == "room" and e not in room)
    link = learner.page.locator(".live-continue a")
    await link.wait_for()
    assert following.step in await link.get_attribute("href")


async def test_an_exercise_by_keyboard_alone(learner: Learner):
    """A learner can do an exercise with the keyboard only, from landing page to passed badge."""
    keys, page = learner.page.keyboard, learner.page
    await page.goto(learner.address)
    await page.locator(".live-continue a").wait_for()
    await tab(page, "Skip to content")
    await keys.press("Enter")
    await tab(page, "Begin")
    await keys.press("Enter")
    await page.wait_for_url("**/step00_asyncio/**")
    await learner.go()
    await tab(page, "plain_text.py, edit")
    await keys.press("Control+End")
    await keys.press("Escape")
    await tab(page, "Check")
    await keys.press("Enter")
    await learner.part("li.live-fail").nth(2).wait_for()
    await learner.part("button:focus", has_text="Check").wait_for()
    await tab(page, "Hint (2 left)")
    await keys.press("Enter")
    await learner.part("button:focus", has_text="Another hint (1 left)").wait_for()
    await keys.press("Enter")
    await learner.part(".live-hints li:focus").wait_for()
    await tab(page, "Compare", back=True)
    await keys.press("Enter")
    await page.locator("dialog button:focus, dialog input:focus").first.wait_for()
    await keys.press("Escape")
    await learner.part("button:focus", has_text="Compare").wait_for()
    await tab(page, "plain_text.py, edit", back=True)
    await keys.press("Control+Home")
    for _ in learner.file.read_text("utf-8").split("\n"):
        if "status=501" in await learner.part(".cm-activeLine").inner_text():
            break
        await keys.press("ArrowDown")
    await keys.press("End")
    await keys.press("Shift+Home")
    await keys.type('return web.Response(text="Hello from Ada")')
    await keys.press("Control+Enter")
    await learner.passed()


async def test_progress_is_taken_along(
    learner: Learner, scratch: Path, site: Built, tmp_path: Path
):
    """Exported progress can be imported in another course; a file of another kind is refused."""
    page, taken, notes = learner.page, tmp_path / "taken.zip", tmp_path / "notes.json"
    notes.write_text("Buy milk.", "utf-8")
    another = shutil.copytree(scratch, tmp_path / "another", ignore=lambda *_: [FOLDER])
    await learner.paste(learner.exercise.solution.read_text("utf-8"))
    await learner.passed()
    await page.goto(learner.address)
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Save my progress as a file").click()
    await (await download.value).save_as(taken)
    async with served(another, site.html) as address:
        await enter(page, address)
        landing = page.locator(".live-landing")
        await landing.get_by_text("0 of ").wait_for()
        await page.set_input_files(".live-landing input[type=file]", notes)
        await landing.get_by_text("notes.json is no progress").wait_for()
        await page.set_input_files(".live-landing input[type=file]", taken)
        await page.locator("dialog").get_by_role("button", name="Take it").click()
        await landing.get_by_text("Taken: progress in 1 exercise, and 1 file.").wait_for()
        await landing.get_by_text("1 of ").wait_for()
        await (
            page.locator("nav, aside").get_by_text("(1 of 4 done)").first.wait_for(state="attached")
        )


async def tab(page: Any, words: str, most: int = 12, back: bool = False) -> None:
    """Press Tab until an element with this text has the focus."""
    passed = []
    for _ in range(most):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        passed.append(await page.evaluate(FOCUSED))
        if words in passed[-1]:
            return
    raise AssertionError(f"Tab did not come to {words!r}, but to {passed}")


async def test_two_tabs_have_one_file(learner: Learner):
    """Two tabs show the same text of an exercise and the same report."""
    other = Learner(await learner.page.context.new_page(), learner.exercise, learner.address)
    await other.go()
    await learner.write("# from the first\n")
    await other.part(".cm-line", has_text="# from the first").wait_for()
    await other.write("# from the second\n")
    await learner.part(".cm-line", has_text="# from the second").wait_for()
    await learner.paste(learner.exercise.solution.read_text("utf-8"))
    await learner.passed()
    await other.passed()


async def test_nothing_grows_in_many_saves(scratch: Path, site: Built, chromium: str):
    """Many saves leave no additional nodes, listeners, memory, tasks or objects behind."""
    course = discover(scratch)
    exercise = course.select("plain_text")[0]
    seen = [await checker.check(exercise, file) for file in (exercise.stub, exercise.solution)]
    turns = itertools.cycle(seen)

    async def check(_: Exercise) -> Report:
        return next(turns)

    session = CourseSession(course, check)
    stub = exercise.stub.read_text("utf-8")
    async with served(scratch, site.html, session=session) as address, browser(chromium) as page:
        learner = await open_exercise(page, scratch, address)
        counted: list[dict[str, float]] = []
        for number in range(1, LATE + 1):
            exercise.file.write_text(f"# save {number}\n{stub}", "utf-8")
            await learner.part(".cm-line", has_text=re.compile(f"^# save {number}$")).wait_for()
            await learner.part("li.live-pass, li.live-fail").first.wait_for()
            if number in {EARLY, LATE}:
                counted.append(await count(page))
        early, late = counted
    assert late["nodes"] <= early["nodes"] + 200, counted
    assert late["listeners"] <= early["listeners"] + 20, counted
    assert late["heap"] <= early["heap"] + 2 * 1024**2, counted
    assert late["tasks"] <= early["tasks"] + 3, counted
    assert late["objects"] <= early["objects"] + 5000, counted


async def count(page: Any) -> dict[str, float]:
    """Collect garbage; return the counts of the page and of this process."""
    session = await page.context.new_cdp_session(page)
    await session.send("HeapProfiler.collectGarbage")
    await session.send("Performance.enable")
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    found = {metric["name"]: metric["value"] for metric in metrics}
    await session.detach()
    gc.collect()
    return {
        "nodes": found["Nodes"],
        "listeners": found["JSEventListeners"],
        "heap": found["JSHeapUsedSize"],
        "tasks": len(asyncio.all_tasks()),
        "objects": len(gc.get_objects()),
    }
