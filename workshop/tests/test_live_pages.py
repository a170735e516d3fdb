"""The live page in a real browser, with the real server: what a learner sees and does."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from yarl import URL

from workshop.course import discover
from workshop.runner.checker import check
from workshop.tests.desks import GRAVE, WIDE, browser, enter, served, sit_down
from workshop.tests.sites import Built
from workshop.workspace.session import Lesson

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SIZES = {"wide and light": WIDE, "phone and dark": (360, "dark")}
HTML = 'content_type="text/html"'
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CELLS = ["Not as in Mine", "Not as in As handed out, nor in Solution", ""]


both_sizes = pytest.mark.parametrize("desk", SIZES, indirect=True)


@pytest.fixture
async def desk(request, scratch, site, chromium):
    size = SIZES[getattr(request, "param", "wide and light")]
    async with served(scratch, site.html) as address, browser(chromium, *size) as page:
        yield await sit_down(page, scratch, address)


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
    await desk.page.get_by_label("last step, mine, solution").check()
    await desk.page.locator("dialog .live-columns").wait_for()
    assert await desk.page.evaluate(GRAVE) == []
    assert not await desk.page.evaluate(TOO_WIDE)
    await desk.page.keyboard.press("Escape")
    await desk.replace('status=501, text="not done yet"', 'text="Hello from Ada"')
    await desk.part("li.live-pass").nth(2).wait_for()
    await desk.part(".badge", has_text="Done").wait_for()


async def test_three_versions_beside_each_other(desk):
    """The solution's column is empty until it is earned; a bar stands where neighbours differ."""
    column = desk.page.locator("dialog tbody tr:visible").locator("td:nth-child(3)")
    await desk.press("Compare")
    await desk.page.get_by_label("last step, mine, solution").check()
    await desk.page.locator("dialog p", has_text="when your file has passed").wait_for()
    heads = await desk.page.locator("dialog th").all_inner_texts()
    assert heads == ["Last step: steps/step01_hello/app.py", "Mine", "Solution"]
    assert not "".join(await column.all_inner_texts()).strip()
    await desk.page.keyboard.press("Escape")
    await desk.replace('status=501, text="not done yet"', 'text="Hello from Grace"')
    await desk.passed()
    await desk.press("Compare")
    await desk.page.get_by_label("last step, mine, solution").focus()
    await desk.page.keyboard.press("ArrowDown")
    await desk.page.get_by_role("columnheader", name="As handed out").wait_for()
    row = desk.page.get_by_role("row").filter(has_text="Hello from Grace").filter(visible=True)
    cells = await row.get_by_role("cell").all_inner_texts()
    assert [cell.split(":")[0].split("(")[0].strip() for cell in cells] == CELLS
    folded = desk.page.locator("dialog tbody[hidden]")
    count, lines = await folded.count(), await folded.first.locator("tr").count()
    await desk.page.get_by_role("button", name=f"{lines} unchanged lines").first.click()
    assert await folded.count() == count - 1


async def test_three_versions_on_a_phone(scratch, site, chromium):
    async with (
        served(scratch, site.html) as address,
        browser(chromium, *SIZES["phone and dark"]) as page,
    ):
        desk = await sit_down(page, scratch, address)
        await desk.press("Compare")
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
        desk = await sit_down(page, scratch, address)
        await page.goto(f"{address}step01_hello/")  # without its mark on the heading
        await page.set_viewport_size({"width": 1180, "height": 1400})
        await page.evaluate(f"document.querySelector('{desk.place}').scrollIntoView()")
        await desk.press("Check")
        await desk.part(".live-why").first.wait_for()
        await page.screenshot(path=folder / f"live-{scheme}.png")
    assert (folder / f"live-{scheme}.png").stat().st_size > 20_000


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
    await desk.type_at_top("# mine\n")
    await desk.replace('"""Your', '# theirs\n"""Your')
    await desk.part(".live-conflict .live-merge").wait_for()
    assert desk.file.read_text("utf-8").startswith("# theirs\n")
    await desk.page.keyboard.type("# still mine\n")
    await desk.part(".live-conflict .live-merge", has_text="# still mine").wait_for()
    await desk.press("Keep mine")
    await desk.part(".live-is-saved").wait_for()
    assert desk.file.read_text("utf-8").startswith("# mine\n")


async def test_edits_outlive_the_course(scratch, site, chromium):
    async with browser(chromium) as page:
        async with served(scratch, site.html) as address:
            desk = await sit_down(page, scratch, address)
        await page.locator(".live-status:is([data-state=ended], [data-state=away])").wait_for()
        await desk.type_at_top("# Ada\n")
        await desk.part(".live-is-away").wait_for()
        async with served(scratch, site.html, URL(address).port or 0):
            await page.locator(".live-status[data-state=connected]").wait_for()
            await desk.part(".live-is-saved").wait_for()
            assert desk.file.read_text("utf-8").startswith("# Ada\n")


async def test_a_course_that_was_started_anew_says_where_to_go(scratch, site, chromium):
    """It has another word: the page says so, and what is typed is not lost."""
    async with browser(chromium) as page:
        async with served(scratch, site.html) as address:
            desk = await sit_down(page, scratch, address)
        port = URL(address).port or 0
        async with served(scratch, site.html, port, word="another-word"):
            status = page.locator(".live-status[data-state=locked]")
            await status.get_by_text("Open the address that its terminal shows").wait_for()
            await desk.type_at_top("# Ada\n")
            await desk.part(".live-is-refused").wait_for()
            await enter(page, address, "another-word")
            await desk.go()
            await desk.part(".live-is-saved").wait_for()
            assert desk.file.read_text("utf-8").startswith("# Ada\n")


@pytest.mark.parametrize("size", SIZES)
async def test_what_stops_the_loop_is_a_picture(scratch, site, size, chromium):
    """A real report; the exercise is for home, so its file unfolds because the address names it."""
    async with served(scratch, site.html) as address, browser(chromium, *SIZES[size]) as page:
        desk = await sit_down(page, scratch, address, "step00/blocking_call")
        await desk.press("Check")
        check = desk.part("li.live-fail[data-check=test_pack]")
        picture = check.locator(".live-timeline svg[role=img]")
        await picture.wait_for()
        assert await picture.locator("rect.live-blocks").count() == 2
        assert "keep 1 blocks the loop from" in await picture.get_attribute("aria-label")
        stall = check.locator(".live-stall")
        assert await stall.count() == 1
        assert "2 times: nothing else could run" in await stall.inner_text()
        assert "packed = pack(text)" in await stall.inner_text()
        assert "packed = pack(text)" in await desk.part(".live-fault-line").inner_text()
        assert not await page.evaluate(TOO_WIDE)


async def test_what_the_course_could_not_do_is_told(scratch, site, monkeypatch, chromium):
    """Progress that cannot be written is a notice; the verdict comes all the same."""
    lesson = Lesson(discover(scratch), check)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(lesson.progress, "note", full)
    async with served(scratch, site.html, lesson=lesson) as address, browser(chromium) as page:
        desk = await sit_down(page, scratch, address)
        await desk.press("Check")
        await desk.part(".live-note", has_text="Your progress could not be written").wait_for()
        await desk.part("li.live-fail").nth(2).wait_for()


async def test_a_file_that_is_gone_is_not_an_empty_one(desk):
    """It is said at the file, and what stands here can be written."""
    desk.file.unlink()
    await desk.part(".live-conflict", has_text="is not there").wait_for()
    await desk.part(".live-is-missing").wait_for()
    await desk.press("Write what stands here")
    await desk.part(".live-is-saved").wait_for()
    assert desk.file.read_bytes() == desk.exercise.stub.read_bytes()


async def test_a_file_that_is_no_program_is_told_once(desk):
    await desk.paste("def index(:\n")
    await desk.part(".live-whole", has_text="SyntaxError").wait_for()
    assert await desk.part("li.live-error").count() == len(desk.exercise.questions)
    whys = await desk.part("li.live-error .live-why").all_inner_texts()
    assert [why.strip() for why in whys if why.strip()] == ["How it came to that"]


async def test_tab_indents_and_after_escape_it_leaves(desk):
    await desk.part(".cm-content").focus()
    await desk.page.keyboard.press("Tab")
    await desk.part(".cm-content:focus").wait_for()
    await desk.page.keyboard.press("Escape")
    await desk.page.keyboard.press("Tab")
    await desk.part("button:focus", has_text="Check").wait_for()


async def test_keys_of_the_theme_are_not_taken_from_the_learner(desk):
    """Sphinx looks for / and Escape on the whole page: one searches, one is swallowed."""
    await desk.write("# GET /posts/1?page=2\n")
    assert desk.file.read_text("utf-8").startswith("# GET /posts/1?page=2\n")
    await desk.press("Reset")
    await desk.page.locator("dialog button", has_text="Reset").click()
    await desk.part(".live-note button", has_text="Have it back").wait_for()
    await desk.press("Reset")
    await desk.page.locator("dialog summary").click()
    await desk.page.keyboard.press("Escape")
    await desk.page.locator("dialog").wait_for(state="detached")


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


async def test_the_frame_stays_on_its_path_when_the_app_starts_again(scratch, site, chromium):
    async with served(scratch, site.html) as address, browser(chromium) as page:
        desk = await sit_down(page, scratch, address, "step01/html_page")
        await desk.paste(desk.exercise.solution.read_text("utf-8"))
        await desk.part(".live-is-saved").wait_for()
        await desk.press("Run")
        frame = page.frame_locator(".live-app iframe")
        await frame.get_by_role("link", name="About").click()
        await page.get_by_text("went on by itself").wait_for()
        await page.get_by_label("Path of the page in the frame").fill("about")
        await page.keyboard.press("Enter")
        await frame.get_by_role("heading", name="About").wait_for()
        await desk.replace("<h1>About</h1>", "<h1>About us</h1>")
        await frame.get_by_role("heading", name="About us").wait_for()
        await page.reload()
        await desk.part(".cm-editor").wait_for()
        await desk.press("Run")
        await frame.get_by_role("heading", name="About us").wait_for()
        await page.get_by_role("button", name="To the start page").click()
        await frame.get_by_role("heading", name="The blog").wait_for()


async def test_a_script_in_the_frame_may_open_a_dialog(desk):
    """Step 04 shows what a script in a title can do; to lead this page away stays forbidden."""
    script = "<script>alert('I ran'); try { top.location = 'about:blank' } catch {}</script>"
    await desk.replace('status=501, text="not done yet"', f'text="{script}", {HTML}')
    async with desk.page.expect_event("dialog") as caught:
        await desk.press("Run")
    dialog = await caught.value
    assert dialog.message == "I ran"
    await dialog.accept()
    await desk.page.locator(".live-app[data-state=running]").wait_for()
    assert desk.page.url.startswith(desk.address)


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
