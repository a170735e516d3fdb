"""The live page in a real browser, with the real server: what a learner sees and does."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from yarl import URL

from workshop.course import discover
from workshop.runner.checker import check
from workshop.tests.learner_browser import GRAVE, WIDE, browser, enter, open_exercise, served
from workshop.tests.sites import Built
from workshop.workspace.session import CourseSession

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SIZES = {"wide and light": WIDE, "phone and dark": (360, "dark")}
HTML = 'content_type="text/html"'
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CELLS = ["Not as in Mine", "Not as in As handed out, nor in Solution", ""]


both_sizes = pytest.mark.parametrize("learner", SIZES, indirect=True)


@pytest.fixture
async def learner(request, scratch, site, chromium):
    size = SIZES[getattr(request, "param", "wide and light")]
    async with served(scratch, site.html) as address, browser(chromium, *size) as page:
        yield await open_exercise(page, scratch, address)


@both_sizes
async def test_from_a_failed_check_to_the_solution(learner, frontend):
    axe = (frontend / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    await learner.part(".cm-content").focus()
    await learner.page.keyboard.press("Control+Enter")
    await learner.part("li.live-fail").nth(2).wait_for()
    await learner.part(".live-fault-line").wait_for()
    assert "501 came, 200 was wanted" in await learner.part(".live-why").first.inner_text()
    assert await learner.part(".live-box mark").first.inner_text() == "501"
    await learner.press("Hint (2 left)")
    await learner.part(".live-hints li").first.wait_for()
    await learner.page.evaluate(axe)
    assert await learner.page.evaluate(GRAVE) == []
    assert not await learner.page.evaluate(TOO_WIDE)
    await learner.press("Solution")
    await learner.part(".live-note p").wait_for()
    await learner.press("Show the solution all the same")
    await learner.page.locator("dialog .live-merge").wait_for()
    assert await learner.page.evaluate(GRAVE) == []
    assert not await learner.page.evaluate(TOO_WIDE)
    await learner.page.get_by_label("last step, mine, solution").check()
    await learner.page.locator("dialog .live-columns").wait_for()
    assert await learner.page.evaluate(GRAVE) == []
    assert not await learner.page.evaluate(TOO_WIDE)
    await learner.page.keyboard.press("Escape")
    await learner.replace('status=501, text="not done yet"', 'text="Hello from Ada"')
    await learner.part("li.live-pass").nth(2).wait_for()
    await learner.part(".badge", has_text="Done").wait_for()


async def test_three_versions_beside_each_other(learner):
    """The solution's column is empty until it is earned; a bar stands where neighbours differ."""
    column = learner.page.locator("dialog tbody tr:visible").locator("td:nth-child(3)")
    await learner.press("Compare")
    await learner.page.get_by_label("last step, mine, solution").check()
    await learner.page.locator("dialog p", has_text="when your file has passed").wait_for()
    heads = await learner.page.locator("dialog th").all_inner_texts()
    assert heads == ["Last step: steps/step01_hello/app.py", "Mine", "Solution"]
    assert not "".join(await column.all_inner_texts()).strip()
    await learner.page.keyboard.press("Escape")
    await learner.replace('status=501, text="not done yet"', 'text="Hello from Grace"')
    await learner.passed()
    await learner.press("Compare")
    await learner.page.get_by_label("last step, mine, solution").focus()
    await learner.page.keyboard.press("ArrowDown")
    await learner.page.get_by_role("columnheader", name="As handed out").wait_for()
    row = learner.page.get_by_role("row").filter(has_text="Hello from Grace").filter(visible=True)
    cells = await row.get_by_role("cell").all_inner_texts()
    assert [cell.split(":")[0].split("(")[0].strip() for cell in cells] == CELLS
    folded = learner.page.locator("dialog tbody[hidden]")
    count, lines = await folded.count(), await folded.first.locator("tr").count()
    await learner.page.get_by_role("button", name=f"{lines} unchanged lines").first.click()
    assert await folded.count() == count - 1


async def test_three_versions_on_a_phone(scratch, site, chromium):
    async with (
        served(scratch, site.html) as address,
        browser(chromium, *SIZES["phone and dark"]) as page,
    ):
        learner = await open_exercise(page, scratch, address)
        await learner.press("Compare")
        await page.get_by_label("as handed out, mine, solution").check()
        heads = page.locator("dialog th:visible")
        await heads.get_by_text("Mine").wait_for()
        assert await heads.count() == 1
        await page.get_by_role("radio", name="As handed out", exact=True).check()
        await heads.get_by_text("As handed out").wait_for()
        assert await heads.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_its_picture(scratch: Path, site: Built, tmp_path: Path, scheme: str, chromium: str):
    """What README and the page about it show; `nox -s shots` puts it there."""
    folder = Path(os.environ.get("WORKSHOP_SHOTS", tmp_path))
    async with served(scratch, site.html) as address, browser(chromium, 1180, scheme) as page:
        learner = await open_exercise(page, scratch, address)
        await page.goto(f"{address}step01_hello/")  # without its mark on the heading
        await page.set_viewport_size({"width": 1180, "height": 1400})
        await page.evaluate(f"document.querySelector('{learner.place}').scrollIntoView()")
        await learner.press("Check")
        await learner.part(".live-why").first.wait_for()
        await page.screenshot(path=folder / f"live-{scheme}.png")
    assert (folder / f"live-{scheme}.png").stat().st_size > 20_000


async def test_editor_and_disk_are_the_same_file(learner):
    await learner.write("# Ada\n")
    assert learner.file.read_text("utf-8").startswith("# Ada\n")
    await learner.replace("# Ada", "# Ada and Grace")
    await learner.part(".cm-line", has_text="# Ada and Grace").wait_for()
    await learner.part(".cm-content").focus()
    await learner.page.keyboard.press("Control+z")
    await learner.part(".cm-line", has_text="# Ada and Grace").wait_for(state="detached")
    await learner.part(".live-is-saved").wait_for()
    assert learner.file.read_text("utf-8").startswith("# Ada\n")


async def test_neither_side_of_a_conflict_is_lost(learner):
    await learner.part(".live-auto input").uncheck()
    await learner.type_at_top("# mine\n")
    await learner.replace('"""Your', '# theirs\n"""Your')
    await learner.part(".live-conflict .live-merge").wait_for()
    assert learner.file.read_text("utf-8").startswith("# theirs\n")
    await learner.page.keyboard.type("# still mine\n")
    await learner.part(".live-conflict .live-merge", has_text="# still mine").wait_for()
    await learner.press("Keep mine")
    await learner.part(".live-is-saved").wait_for()
    assert learner.file.read_text("utf-8").startswith("# mine\n")


async def test_edits_outlive_the_course(scratch, site, chromium):
    async with browser(chromium) as page:
        async with served(scratch, site.html) as address:
            learner = await open_exercise(page, scratch, address)
        await page.locator(".live-status:is([data-state=ended], [data-state=away])").wait_for()
        await learner.type_at_top("# Ada\n")
        await learner.part(".live-is-away").wait_for()
        async with served(scratch, site.html, URL(address).port or 0):
            await page.locator(".live-status[data-state=connected]").wait_for()
            await learner.part(".live-is-saved").wait_for()
            assert learner.file.read_text("utf-8").startswith("# Ada\n")


async def test_a_course_that_was_started_anew_says_where_to_go(scratch, site, chromium):
    """It has another word: the page says so, and what is typed is not lost."""
    async with browser(chromium) as page:
        async with served(scratch, site.html) as address:
            learner = await open_exercise(page, scratch, address)
        port = URL(address).port or 0
        async with served(scratch, site.html, port, word="another-word"):
            status = page.locator(".live-status[data-state=locked]")
            await status.get_by_text("Open the address that its terminal shows").wait_for()
            await learner.type_at_top("# Ada\n")
            await learner.part(".live-is-refused").wait_for()
            await enter(page, address, "another-word")
            await learner.go()
            await learner.part(".live-is-saved").wait_for()
            assert learner.file.read_text("utf-8").startswith("# Ada\n")


@pytest.mark.parametrize("size", SIZES)
async def test_what_stops_the_loop_is_a_picture(scratch, site, size, chromium):
    """A real report; the exercise is for home, so its file unfolds because the address names it."""
    async with served(scratch, site.html) as address, browser(chromium, *SIZES[size]) as page:
        learner = await open_exercise(page, scratch, address, "step00/blocking_call")
        await learner.press("Check")
        check = learner.part("li.live-fail[data-check=test_pack]")
        picture = check.locator(".live-timeline svg[role=img]")
        await picture.wait_for()
        assert await picture.locator("rect.live-blocks").count() == 2
        assert "keep 1 blocks the loop from" in await picture.get_attribute("aria-label")
        stall = check.locator(".live-stall")
        assert await stall.count() == 1
        assert "2 times: nothing else could run" in await stall.inner_text()
        assert "packed = pack(text)" in await stall.inner_text()
        assert "packed = pack(text)" in await learner.part(".live-fault-line").inner_text()
        assert not await page.evaluate(TOO_WIDE)


async def test_what_the_course_could_not_do_is_told(scratch, site, monkeypatch, chromium):
    """Progress that cannot be written is a notice; the verdict comes all the same."""
    session = CourseSession(discover(scratch), check)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(session.progress, "record", full)
    async with served(scratch, site.html, session=session) as address, browser(chromium) as page:
        learner = await open_exercise(page, scratch, address)
        await learner.press("Check")
        await learner.part(".live-note", has_text="Your progress could not be written").wait_for()
        await learner.part("li.live-fail").nth(2).wait_for()


async def test_a_file_that_is_gone_is_not_an_empty_one(learner):
    """It is said at the file, and what stands here can be written."""
    learner.file.unlink()
    await learner.part(".live-conflict", has_text="is not there").wait_for()
    await learner.part(".live-is-missing").wait_for()
    await learner.press("Write what stands here")
    await learner.part(".live-is-saved").wait_for()
    assert learner.file.read_bytes() == learner.exercise.stub.read_bytes()


async def test_a_file_that_is_no_program_is_told_once(learner):
    await learner.paste("def index(:\n")
    await learner.part(".live-whole", has_text="SyntaxError").wait_for()
    assert await learner.part("li.live-error").count() == len(learner.exercise.questions)
    whys = await learner.part("li.live-error .live-why").all_inner_texts()
    assert [why.strip() for why in whys if why.strip()] == ["How it came to that"]


async def test_tab_indents_and_after_escape_it_leaves(learner):
    await learner.part(".cm-content").focus()
    await learner.page.keyboard.press("Tab")
    await learner.part(".cm-content:focus").wait_for()
    await learner.page.keyboard.press("Escape")
    await learner.page.keyboard.press("Tab")
    await learner.part("button:focus", has_text="Check").wait_for()


async def test_keys_of_the_theme_are_not_taken_from_the_learner(learner):
    """Sphinx looks for / and Escape on the whole page: one searches, one is swallowed."""
    await learner.write("# GET /posts/1?page=2\n")
    assert learner.file.read_text("utf-8").startswith("# GET /posts/1?page=2\n")
    await learner.press("Reset")
    await learner.page.locator("dialog button", has_text="Reset").click()
    await learner.part(".live-note button", has_text="Have it back").wait_for()
    await learner.press("Reset")
    await learner.page.locator("dialog summary").click()
    await learner.page.keyboard.press("Escape")
    await learner.page.locator("dialog").wait_for(state="detached")


async def test_what_code_prints_and_answers_stays_text(learner):
    evil = "<img src=x onerror=document.title='evil'><script>document.title='evil'</script>"
    await learner.replace("async def index", f"print({evil!r})\n\n\nasync def index")
    await learner.replace('status=501, text="not done yet"', f"text={evil!r}")
    await learner.part(".live-box mark, .live-difference", has_text="<img").first.wait_for()
    assert await learner.part(":is(img, script)").count() == 0
    assert "evil" not in await learner.page.title()


@both_sizes
async def test_the_app_runs_beside_the_text(learner):
    await learner.replace('status=501, text="not done yet"', 'text="Hello from Ada"')
    await learner.press("Run")
    await learner.page.frame_locator(".live-app iframe").get_by_text("Hello from Ada").wait_for()
    await learner.page.get_by_role("tab", name="Request").click()
    await learner.page.get_by_role("button", name="Send").click()
    await learner.page.locator(".live-answer", has_text="200 OK").wait_for()
    assert not await learner.page.evaluate(TOO_WIDE)
    await learner.page.get_by_role("button", name="Stop").click()
    await learner.page.locator(".live-app[data-state=stopped]").wait_for()


async def test_the_frame_stays_on_its_path_when_the_app_starts_again(scratch, site, chromium):
    async with served(scratch, site.html) as address, browser(chromium) as page:
        learner = await open_exercise(page, scratch, address, "step01/html_page")
        await learner.paste(learner.exercise.solution.read_text("utf-8"))
        await learner.part(".live-is-saved").wait_for()
        await learner.press("Run")
        frame = page.frame_locator(".live-app iframe")
        await frame.get_by_role("link", name="About").click()
        await page.get_by_text("went on by itself").wait_for()
        await page.get_by_label("Path of the page in the frame").fill("about")
        await page.keyboard.press("Enter")
        await frame.get_by_role("heading", name="About").wait_for()
        await learner.replace("<h1>About</h1>", "<h1>About us</h1>")
        await frame.get_by_role("heading", name="About us").wait_for()
        await page.reload()
        await learner.part(".cm-editor").wait_for()
        await learner.press("Run")
        await frame.get_by_role("heading", name="About us").wait_for()
        await page.get_by_role("button", name="To the start page").click()
        await frame.get_by_role("heading", name="The blog").wait_for()


async def test_a_script_in_the_frame_may_open_a_dialog(learner):
    """Step 04 shows what a script in a title can do; to lead this page away stays forbidden."""
    script = "<script>alert('I ran'); try { top.location = 'about:blank' } catch {}</script>"
    await learner.replace('status=501, text="not done yet"', f'text="{script}", {HTML}')
    async with learner.page.expect_event("dialog") as caught:
        await learner.press("Run")
    dialog = await caught.value
    assert dialog.message == "I ran"
    await dialog.accept()
    await learner.page.locator(".live-app[data-state=running]").wait_for()
    assert learner.page.url.startswith(learner.address)


@both_sizes
async def test_the_landing_page_knows_where_to_go_on(learner, frontend):
    await learner.page.goto(learner.address)
    await learner.page.locator(".live-continue a").wait_for()
    await learner.page.evaluate(
        (frontend / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    )
    assert await learner.page.evaluate(GRAVE) == []
    assert not await learner.page.evaluate(TOO_WIDE)
    await learner.page.locator(".live-continue a").click()
    await learner.page.locator("section.exercise .cm-editor").first.wait_for()
