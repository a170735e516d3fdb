"""While a learner works, in a real browser: half-typed lines, running apps, lost connections."""

from __future__ import annotations

import re

import pytest

from workshop.tests.desks import WIDE, Desk, browser, served, sit_down

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
async def desk(request, scratch, site, chromium):
    """A learner's desk, on a wide screen unless said otherwise."""
    size = getattr(request, "param", WIDE)
    async with served(scratch, site.html) as address, browser(chromium, *size) as page:
        yield await sit_down(page, scratch, address)


async def test_curl_names_the_port_where_the_app_runs(desk: Desk):
    """The default while it does not run; then where it does, also after the page is loaded anew."""
    await desk.press("Check")
    line = desk.part(".live-curl > code").first
    await line.wait_for()
    assert "http://127.0.0.1:8080/" in await line.inner_text()
    await desk.press("Run")
    running = desk.page.locator(".live-app[data-state=running]")
    await running.wait_for()
    address = await running.locator(".live-address a").inner_text()
    assert ":8080/" not in address
    await desk.part(".live-curl > code", has_text=address).first.wait_for()
    await desk.page.reload()
    await desk.part(".live-curl > code", has_text=address).first.wait_for()
    await desk.press("Run")
    await desk.page.get_by_role("button", name="Stop", exact=True).click()
    await desk.part(".live-curl > code", has_text="http://127.0.0.1:8080/").first.wait_for()


@pytest.mark.parametrize("desk", [WIDE, PHONE], ids=["wide", "phone"], indirect=True)
async def test_an_app_whose_panel_is_closed_is_to_be_seen(desk: Desk):
    """Also on another page; there it can be shown again, and stopped."""
    await desk.press("Run")
    await desk.page.locator(".live-app[data-state=running]").wait_for()
    chip = desk.page.get_by_role("button", name="step01/plain_text is running")
    assert not await chip.is_visible()
    await desk.page.get_by_role("button", name="Close the app's panel").click()
    if desk.page.viewport_size["width"] == WIDE[0]:
        await chip.wait_for()
    else:  # the side bar is away
        await desk.page.locator(".mobile-header + .live-standing", has=chip).wait_for()
    await desk.page.goto(f"{desk.address}step02_routes/")
    await chip.click()
    await desk.page.locator(".live-app h2", has_text="Plain text").wait_for()
    await desk.page.get_by_role("button", name="Stop", exact=True).click()
    await desk.page.locator(".live-app[data-state=stopped]").wait_for()
    await desk.page.get_by_role("button", name="Close the app's panel").click()
    assert not await chip.is_visible()


async def test_half_a_line_is_not_red_while_it_is_typed(desk: Desk):
    """It is when the line is left, or when a check is asked for; the app of before goes on."""
    await desk.press("Run")
    panel = desk.page.locator(".live-app")
    await desk.page.locator(".live-app[data-state=running]").wait_for()
    await desk.type_at_top("half = (")
    await desk.part(".live-tally", has_text="not finished").wait_for()
    await panel.get_by_text("the app from before that save goes on").first.wait_for()
    assert await panel.get_attribute("data-state") == "running"
    assert await desk.part("li.live-error").count() == 0
    assert await desk.part(".live-fault-line").count() == 0
    await desk.page.keyboard.press("Control+End")
    await desk.part("li.live-error").first.wait_for()
    await desk.part(".live-fault-line").wait_for()
    await desk.page.keyboard.press("Control+Home")
    await desk.page.keyboard.type("(")
    await desk.page.keyboard.press("Control+Enter")
    await desk.part(".live-fault-line", has_text="(half = (").wait_for()


async def test_the_solution_is_no_longer_refused_after_a_pass(desk: Desk):
    """Neither the sentence stays, nor the button that asks once more."""
    await desk.press("Solution")
    await desk.part(".live-note", has_text="You have not solved").wait_for()
    await desk.replace(*GREETING)
    await desk.passed()
    await desk.part(".live-note:empty").wait_for(state="attached")
    await desk.part(".live-toolbar button", has_text=re.compile("^Solution$")).wait_for()


async def test_save_as_i_type_is_one_choice_for_all_tabs(desk: Desk):
    """A tab shows what was chosen in another, and does so."""
    other = Desk(await desk.page.context.new_page(), desk.exercise, desk.address)
    await other.go()
    await desk.part(".live-auto input").uncheck()
    await other.part(".live-auto input:not(:checked)").wait_for()
    await other.type_at_top("# Ada\n")
    await other.part(".live-is-unsaved").wait_for()
    await desk.part(".live-auto input").check()
    await other.part(".live-is-saved").wait_for()
    assert desk.file.read_text("utf-8").startswith("# Ada\n")
    await desk.part(".cm-line", has_text="# Ada").wait_for()


async def test_a_save_that_was_lost_is_tried_again(desk: Desk):
    """The connection by which the page hears may still be there: it is tried all the same."""
    await desk.page.route("**/live/exercises/**", lambda route: route.abort())
    await desk.type_at_top("# Ada\n")
    await desk.part(".live-is-away").wait_for()
    await desk.page.locator(".live-status[data-state=connected]").wait_for(state="attached")
    await desk.page.unroute("**/live/exercises/**")
    await desk.part(".live-is-saved").wait_for()
    assert desk.file.read_text("utf-8").startswith("# Ada\n")


@pytest.mark.parametrize("desk", [PHONE], ids=["phone"], indirect=True)
async def test_on_a_phone_nothing_covers_menu_or_text(desk: Desk):
    """The panel stays below the theme's menus; what says how it stands has a place of its own."""
    await desk.press("Run")
    await desk.page.locator(".live-app[data-state=running]").wait_for()
    await desk.page.locator(".mobile-header label[for=__navigation]").click()
    await desk.page.wait_for_function(
        "document.querySelector('.sidebar-drawer').getBoundingClientRect().left === 0"
    )
    assert await desk.page.locator(".sidebar-tree a:visible").count()
    assert await desk.page.evaluate(COVERED, ".sidebar-tree a") == []
    await desk.page.locator(".sidebar-overlay").click(position={"x": 340, "y": 300})
    await desk.page.get_by_role("button", name="Close the app's panel").click()
    assert await desk.page.evaluate(PLACED)
    await desk.page.evaluate("scrollTo(0, 0)")
    assert await desk.page.evaluate(COVERED, "article *, .mobile-header *") == []
    await desk.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert await desk.page.evaluate(COVERED, "footer *, .mobile-header *") == []


@pytest.mark.parametrize("desk", [PHONE], ids=["phone"], indirect=True)
async def test_on_a_phone_code_is_wrapped_between_words(desk: Desk):
    """A word that is wider than the window scrolls."""
    long = "name_that_is_wider_than_any_telephone_of_this_or_another_year"
    await desk.write(f"{long} = 'one two three four five six seven eight nine ten eleven'\n")
    rows = await desk.part(".cm-line").first.evaluate(
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
    assert await desk.part(".cm-scroller").evaluate(scroller)
    await desk.press("Check")
    sentence = await desk.part(".live-fault-sentence").bounding_box()
    assert sentence["x"] + sentence["width"] < 360, "what is said of a line need not be scrolled"


async def test_the_search_finds_numbers(desk: Desk):
    """A status is a word of this course."""
    for number in ("404", "403", "303"):
        await desk.page.goto(f"{desk.address}search.html?q={number}")
        await desk.page.locator("ul.search li a", has_text="Step").first.wait_for()
        first = await desk.page.locator("ul.search li a").first.get_attribute("href")
        assert first
        await desk.page.locator("ul.search li .context", has_text=number).first.wait_for()
