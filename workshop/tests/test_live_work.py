"""While a learner works, in a real browser: half-typed lines, running apps, lost connections."""

from __future__ import annotations

import re

import pytest

from workshop.tests.learner_browser import WIDE, Learner, browser, open_exercise, served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE = (360, "dark")
GREETING = 'status=501, text="not done yet"', 'text="Hello from Ada"'
COVERED = """selector => [...document.querySelectorAll(selector)].filter(element => {
    const {left, top, width, height} = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    if (!width || !height || y < 0 || y > innerHeight) return false;
    const hit = document.elementFromPoint(x, y);
    return hit && hit.closest(".live-app, .live-standing");
}).map(element => element.textContent.trim().slice(0, 60))"""
"""What of a selector lies below something of the live page."""
PLACED = """() => {
    const place = document.querySelector(".live-standing");
    return getComputedStyle(place).position !== "fixed" && !place.closest("article");
}"""


@pytest.fixture
async def learner(request, scratch, site, chromium):
    """A learner's page, on a wide screen unless said otherwise."""
    size = getattr(request, "param", WIDE)
    async with served(scratch, site.html) as address, browser(chromium, *size) as page:
        yield await open_exercise(page, scratch, address)


async def test_curl_names_the_port_where_the_app_runs(learner: Learner):
    """The default while it does not run; then where it does, also after the page is loaded anew."""
    await learner.press("Check")
    line = learner.part(".live-curl > code").first
    await line.wait_for()
    assert "http://127.0.0.1:8080/" in await line.inner_text()
    await learner.press("Run")
    running = learner.page.locator(".live-app[data-state=running]")
    await running.wait_for()
    address = await running.locator(".live-address a").inner_text()
    assert ":8080/" not in address
    await learner.part(".live-curl > code", has_text=address).first.wait_for()
    await learner.page.reload()
    await learner.part(".live-curl > code", has_text=address).first.wait_for()
    await learner.press("Run")
    await learner.page.get_by_role("button", name="Stop", exact=True).click()
    await learner.part(".live-curl > code", has_text="http://127.0.0.1:8080/").first.wait_for()


@pytest.mark.parametrize("learner", [WIDE, PHONE], ids=["wide", "phone"], indirect=True)
async def test_an_app_whose_panel_is_closed_is_to_be_seen(learner: Learner):
    """Also on another page; there it can be shown again, and stopped."""
    await learner.press("Run")
    await learner.page.locator(".live-app[data-state=running]").wait_for()
    chip = learner.page.get_by_role("button", name="step01/plain_text is running")
    assert not await chip.is_visible()
    await learner.page.get_by_role("button", name="Close the app's panel").click()
    if learner.page.viewport_size["width"] == WIDE[0]:
        await chip.wait_for()
    else:  # the side bar is away
        await learner.page.locator(".mobile-header + .live-standing", has=chip).wait_for()
    await learner.page.goto(f"{learner.address}step02_routes/")
    await chip.click()
    await learner.page.locator(".live-app h2", has_text="Plain text").wait_for()
    await learner.page.get_by_role("button", name="Stop", exact=True).click()
    await learner.page.locator(".live-app[data-state=stopped]").wait_for()
    await learner.page.get_by_role("button", name="Close the app's panel").click()
    assert not await chip.is_visible()


async def test_half_a_line_is_not_red_while_it_is_typed(learner: Learner):
    """It is when the line is left, or when a check is asked for; the app of before goes on."""
    await learner.press("Run")
    panel = learner.page.locator(".live-app")
    await learner.page.locator(".live-app[data-state=running]").wait_for()
    await learner.type_at_top("half = (")
    await learner.part(".live-tally", has_text="not finished").wait_for()
    await panel.get_by_text("the app from before that save goes on").first.wait_for()
    assert await panel.get_attribute("data-state") == "running"
    assert await learner.part("li.live-error").count() == 0
    assert await learner.part(".live-fault-line").count() == 0
    await learner.page.keyboard.press("Control+End")
    await learner.part("li.live-error").first.wait_for()
    await learner.part(".live-fault-line").wait_for()
    await learner.page.keyboard.press("Control+Home")
    await learner.page.keyboard.type("(")
    await learner.page.keyboard.press("Control+Enter")
    await learner.part(".live-fault-line", has_text="(half = (").wait_for()


async def test_the_solution_is_no_longer_refused_after_a_pass(learner: Learner):
    """Neither the sentence stays, nor the button that asks once more."""
    await learner.press("Solution")
    await learner.part(".live-note", has_text="You have not solved").wait_for()
    await learner.replace(*GREETING)
    await learner.passed()
    await learner.part(".live-note:empty").wait_for(state="attached")
    await learner.part(".live-toolbar button", has_text=re.compile("^Solution$")).wait_for()


async def test_save_as_i_type_is_one_choice_for_all_tabs(learner: Learner):
    """A tab shows what was chosen in another, and does so."""
    other = Learner(await learner.page.context.new_page(), learner.exercise, learner.address)
    await other.go()
    await learner.part(".live-auto input").uncheck()
    await other.part(".live-auto input:not(:checked)").wait_for()
    await other.type_at_top("# Ada\n")
    await other.part(".live-is-unsaved").wait_for()
    await learner.part(".live-auto input").check()
    await other.part(".live-is-saved").wait_for()
    assert learner.file.read_text("utf-8").startswith("# Ada\n")
    await learner.part(".cm-line", has_text="# Ada").wait_for()


async def test_a_save_that_was_lost_is_tried_again(learner: Learner):
    """The connection by which the page hears may still be there: it is tried all the same."""
    await learner.page.route("**/live/exercises/**", lambda route: route.abort())
    await learner.type_at_top("# Ada\n")
    await learner.part(".live-is-away").wait_for()
    await learner.page.locator(".live-status[data-state=connected]").wait_for(state="attached")
    await learner.page.unroute("**/live/exercises/**")
    await learner.part(".live-is-saved").wait_for()
    assert learner.file.read_text("utf-8").startswith("# Ada\n")


@pytest.mark.parametrize("learner", [PHONE], ids=["phone"], indirect=True)
async def test_on_a_phone_nothing_covers_menu_or_text(learner: Learner):
    """The panel stays below the theme's menus; what says how it stands has a place of its own."""
    await learner.press("Run")
    await learner.page.locator(".live-app[data-state=running]").wait_for()
    await learner.page.locator(".mobile-header label[for=__navigation]").click()
    await learner.page.wait_for_function(
        "document.querySelector('.sidebar-drawer').getBoundingClientRect().left === 0"
    )
    assert await learner.page.locator(".sidebar-tree a:visible").count()
    assert await learner.page.evaluate(COVERED, ".sidebar-tree a") == []
    await learner.page.locator(".sidebar-overlay").click(position={"x": 340, "y": 300})
    await learner.page.get_by_role("button", name="Close the app's panel").click()
    assert await learner.page.evaluate(PLACED)
    await learner.page.evaluate("scrollTo(0, 0)")
    assert await learner.page.evaluate(COVERED, "article *, .mobile-header *") == []
    await learner.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert await learner.page.evaluate(COVERED, "footer *, .mobile-header *") == []


@pytest.mark.parametrize("learner", [PHONE], ids=["phone"], indirect=True)
async def test_on_a_phone_code_is_wrapped_between_words(learner: Learner):
    """A word that is wider than the window scrolls."""
    long = "name_that_is_wider_than_any_telephone_of_this_or_another_year"
    await learner.write(f"{long} = 'one two three four five six seven eight nine ten eleven'\n")
    rows = await learner.part(".cm-line").first.evaluate(
        """line => {
            const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            const found = [];
            for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                for (const word of node.data.matchAll(/\\S+/g)) {
                    const range = document.createRange();
                    range.setStart(node, word.index);
                    range.setEnd(node, word.index + word[0].length);
                    found.push([word[0], range.getClientRects().length]);
                }
            }
            return found;
        }"""
    )
    assert [word for word, count in rows if count > 1] == []
    assert long in [word for word, _ in rows]
    scroller = "part => part.scrollWidth > part.clientWidth"
    assert await learner.part(".cm-scroller").evaluate(scroller)
    await learner.press("Check")
    sentence = await learner.part(".live-fault-sentence").bounding_box()
    assert sentence["x"] + sentence["width"] < 360, "what is said of a line need not be scrolled"


async def test_the_search_finds_numbers(learner: Learner):
    """A status is a word of this course."""
    for number in ("404", "403", "303"):
        await learner.page.goto(f"{learner.address}search.html?q={number}")
        await learner.page.locator("ul.search li a", has_text="Step").first.wait_for()
        first = await learner.page.locator("ul.search li a").first.get_attribute("href")
        assert first
        await learner.page.locator("ul.search li .context", has_text=number).first.wait_for()
