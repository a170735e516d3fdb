"""The site: it builds without a word, asks nobody, and says what is wrong and where."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import re
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from workshop import course
from workshop.course import ROOT, CourseError
from workshop.site import (
    changes,
    console,
    dialogue,
    front_matter,
    http_block,
    show,
    verdict,
)
from workshop.site.http_block import parse_requests
from workshop.site.overviews import clock_time
from workshop.tests.learner_browser import connected
from workshop.tests.sites import Built, sphinx

Small = tuple[Path, Built]
"""A course's folder, and its pages."""


# The course's own site


def test_builds_without_a_warning(site: Built) -> None:
    """The site builds without a warning: pages, links, blocks of files."""
    assert site.code == 0, site.said


def test_nothing_is_loaded_from_elsewhere(site: Built) -> None:
    """Scripts, styles, pictures and fonts are local files; only links in texts lead elsewhere."""
    loaded = re.compile(
        r"<(?:script|img|iframe|source|video|audio|object|embed|link)\b[^>]*"
        r"\b(?:src|href|data)=[\"']?(?:https?:)?//[^>]*>"
    )
    styled = re.compile(r"@import\b|url\(\s*[\"']?(?:https?:)?//")
    pages, sheets = list(site.html.rglob("*.html")), list(site.html.rglob("*.css"))
    assert pages
    assert sheets
    found = [hit for page in pages for hit in loaded.findall(page.read_text("utf-8"))]
    found += [hit for file in pages + sheets for hit in styled.findall(file.read_text("utf-8"))]
    assert found == []


def test_every_step_is_in_the_side_bar_and_on_the_front_page(site: Built) -> None:
    """Every step is in the side bar and on the front page, without a list that somebody edits."""
    for step in course.discover().steps:
        link = f'href="{step.folder}/index.html"'
        assert site.page("index").count(link) >= 2, step.folder
        assert link in site.page("glossary"), step.folder


def test_every_exercise_is_on_its_page_with_its_checks(site: Built) -> None:
    """Exercises and checks have the data attributes that the live page reads."""
    for exercise in course.discover().exercises:
        page = site.page(f"{exercise.step}/index")
        assert f'data-exercise="{exercise.key}"' in page
        for question in exercise.questions:
            assert f'data-check="{question.name}"' in page, (exercise.key, question.name)


def test_search_works_without_a_network(site: Built) -> None:
    """The search index exists and has a word of the first step."""
    assert "handler" in (site.html / "searchindex.js").read_text("utf-8")
    assert 'src="searchindex.js' in site.page("search")


@pytest.mark.slow
@pytest.mark.browser
async def test_no_page_is_too_wide_or_asks_elsewhere(site: Built, chromium: str) -> None:
    """At 390 and at 1280 pixels nothing scrolls sideways; no request leaves this machine."""
    pages = [p.relative_to(site.html).as_posix() for p in sorted(site.html.rglob("*.html"))]
    elsewhere, wide = [], []
    async with connected(chromium) as browser, served(site.html) as address:
        tab = await browser.new_page()
        tab.on(
            "request",
            lambda r: elsewhere.append(r.url) if not r.url.startswith((address, "data:")) else None,
        )
        for name in pages:
            await tab.goto(address + name)
            for width in (390, 1280):
                await tab.set_viewport_size({"width": width, "height": 800})
                if await tab.evaluate(TOO_WIDE):
                    wide.append((name, width))
    assert (elsewhere, wide) == ([], [])


TOO_WIDE = """() => {
    const parts = [document.documentElement, document.querySelector(".content")];
    return parts.some(part => part && part.scrollWidth > part.clientWidth);
}"""


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[str]:
    """Serve the pages of a folder; yields their address."""
    app = web.Application()
    app.router.add_static("/", folder)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/"))


def test_the_minutes_add_up() -> None:
    """Reading and the exercises in the room make the minutes of each page."""
    for found in front_matter.read_all(course.discover().steps):
        asked = sum(exercise.minutes for exercise in found.in_room)
        assert found.minutes == found.reading + asked


CONTRASTS = (
    ("foreground-primary", ("background-primary", "background-secondary", "moved-soft")),
    ("foreground-secondary", ("background-primary", "background-secondary", "code-background")),
    ("foreground-muted", ("background-primary", "code-background", "moved-soft")),
    ("brand-content", ("background-primary", "background-secondary", "accent-soft")),
    ("code-foreground", ("code-background", "accent-soft", "moved-soft")),
    ("code-word", ("code-background", "accent-soft")),
    ("good", ("code-background", "good-soft", "accent-soft")),
    ("moved", ("code-background", "moved-soft", "accent-soft")),
    ("bad", ("code-background", "bad-soft")),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme: str) -> None:
    """Each colour of text reaches 4.5:1 on each background that it stands on (WCAG AA)."""
    spec = importlib.util.spec_from_file_location("conf", ROOT / "docs" / "conf.py")
    assert spec
    assert spec.loader
    conf = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conf)
    colours = {"color-background-primary": "#ffffff"}
    colours |= conf.html_theme_options[f"{theme}_css_variables"]
    for text, grounds in CONTRASTS:
        for ground in grounds:
            ratio = contrast(colours[f"color-{text}"], colours[f"color-{ground}"])
            assert ratio >= 4.5, f"{theme}: {text} on {ground} is {ratio:.2f}:1"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written as #rrggbb, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# A small course of its own

CONF = """import sys
sys.path[:0] = [{root!r}, {tree!r}]
extensions = ["myst_parser", "workshop.site"]
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
exclude_patterns = ["_build"]
"""

APP = '''"""A greeting."""

from aiohttp import web

NAMES = ("Ada", "Grace")


# region: handlers
async def index(request: web.Request) -> web.Response:
    """Greet."""
    return web.Response(text="Hello, Ada!")


# endregion
class Names(web.View):
    """All names."""

    async def get(self) -> web.Response:
        """List them."""
        return web.json_response(NAMES)

    async def post(self) -> web.Response:
        """Take one."""
        form = await self.request.post()
        raise web.HTTPSeeOther(f"/{form['name']}")


def create_app() -> web.Application:
    """Make the application."""
    app = web.Application()
    app.add_routes([web.get("/", index), web.view("/names", Names)])
    return app
'''

SUITE = '''"""Greet Ada.

Answer with *one* line.
"""
import pytest
pytestmark = pytest.mark.exercise(number=1, minutes=5, when="room")

@pytest.mark.hint("A nudge.", "Nearly `the` answer.")
async def test_greets(client):
    """GET / answers `Hello`."""
'''

CLI = """import sys
print('''
✗ step01/greet - Greet Ada  failed, 0 of 1 checks

  ✗ GET / answers Hello.
    came    501
    wanted  200

    The request
    │ GET / HTTP/1.1

    The answer
    │ HTTP/1.1 501 Not Implemented
    │          ^^^
    │ Date: Sat, 21 Nov 2026 04:38:31 GMT
    │ Location: http://127.0.0.1:43210/

Stuck?  ask''')
def main(prog_name):
    sys.exit(1)
"""

HEAD = """---
minutes: 9
reading: 4
goal: A greeting, made by `index`.
---
# Step 01: Greetings

"""

PAGE = """
```{show} app.py
:object: NAMES, index
```
```{show} app.py
:object: Names.get
```
```{show} app.py
:region: handlers
```
```{try}
GET /
###
POST /names

name=Grace
###
GET /nowhere
```
```{console}
$ python -c "print('Ada')"
```
```{console}
:exit: 3
$ python -c "raise SystemExit(3)"
```
{code-ref}`steps/step01_greet/app.py:Names.get`

```{exercise} greet
```
```{verdict} greet
:skip: The request
```
```{changes}
```
```{instructor}
Ask *the room*.
```
"""

LIGHT = """
```{show} app.py
```
```{try}
GET /
```
```{exercise} greet
```
```{changes}
```
"""

INDEX = """# Greetings

```{toctree}
:glob:

step*/index
```
```{step-cards}
```
```{minute-plan}
:steps: 1-8
:minutes: 180
```
"""


def plant(root: Path, pages: dict[str, str], steps: dict[str, str]) -> Path:
    """Write a course: pages by their names, the app of each step; return its docs."""
    files = {f"docs/{name}.md": text for name, text in pages.items()}
    files |= {f"steps/{step}/app.py": app for step, app in steps.items()}
    files["docs/conf.py"] = CONF.format(root=str(ROOT), tree=str(root))
    files["exercises/step01_greet/test_greet.py"] = SUITE
    files["exercises/step01_greet/greet.py"] = "# TODO: Greet Ada.\n"
    files["workshop/__init__.py"] = ""
    files["workshop/cli/main.py"] = CLI
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root / "docs"


in_small = pytest.mark.xdist_group("small site")
in_faulty = pytest.mark.xdist_group("faulty site")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A course of two steps that uses every directive, and its folder."""
    root = tmp_path_factory.mktemp("small") / "a course"
    second = HEAD.replace("minutes: 9", "minutes: 4").replace("01: Greetings", "02: More")
    pages = {
        "index": INDEX,
        "step01_greet/index": HEAD + PAGE,
        "step02_more/index": second + "```{changes}\n```\n",
    }
    apps = {"step01_greet": APP, "step02_more": APP.replace('"Grace")', '"Grace", "Alan")')}
    return root, sphinx(plant(root, pages, apps), root / "html")


@in_small
@pytest.mark.slow
def test_each_directive_shows_what_it_is_for(small: Small) -> None:
    """A piece of the result of every directive."""
    _, built = small
    assert built.code == 0, built.said
    page = re.sub(r"<[^>]+>", "", built.page("step01_greet/index"))
    page = page.replace("&#39;", "'").replace("&quot;", '"').replace("&lt;", "<")
    for piece in (
        "A greeting, made by index.", "About 9 minutes, 1 exercise.",
        "python -m workshop run step01", "steps/step01_greet/app.py",
        'NAMES = ("Ada", "Grace")\n\n\nasync def index', "async def get(self)",
        "curl -i http://127.0.0.1:8080/\n", "HTTP/1.1 200 OK", "Hello, Ada!",
        "curl -i --data-raw name=Grace http://127.0.0.1:8080/names", "303 See Other",
        "Location: /Grace", "404 Not Found", "print('Ada')\"\nAda",
        "Exercise 1: Greet Ada", "In the room", "5 minutes", "Answer with one line.",
        "# TODO: Greet Ada.", "GET / answers Hello.", "Hint 1 of 2", "Nearly the answer.",
        "python -m workshop check greet", "501 Not Implemented\n    │          ^^^\n    │ Location: http://127.0.0.1:8080/",
        "This is the first step", "Ask the room.",
    ):  # fmt: skip
        assert piece in page, piece
    for gone in ("Date:", "43210", "GET / HTTP/1.1", "# endregion"):
        assert gone not in page, gone
    assert "1 changed file: +1 −1 lines" in built.page("step02_more/index")
    assert "0:09–0:13" in built.page("index")


@in_small
@pytest.mark.slow
def test_a_page_is_the_same_when_it_is_built_again(small: Small) -> None:
    """Two builds make the same pages, without dates, ports and durations."""
    root, built = small
    again = sphinx(root / "docs", root / "again", "-E")
    for name in ("index", "step01_greet/index", "step02_more/index"):
        assert again.page(name) == built.page(name)


@in_small
@pytest.mark.slow
@pytest.mark.parametrize("builder", ["text", "latex"])
def test_other_builders_go_through(small: Small, builder: str) -> None:
    """The directives work with the writers of other formats."""
    root, _ = small
    done = sphinx(root / "docs", root / builder, "-b", builder, trees=root / "html-trees")
    assert done.code == 0, done.said


@pytest.mark.slow
def test_only_what_changed_is_built_again(tmp_path: Path) -> None:
    """A page is read again when its step's files, or the folders that it lists, change."""
    docs = plant(
        tmp_path, {"index": INDEX, "step01_greet/index": HEAD + LIGHT}, {"step01_greet": APP}
    )
    target = tmp_path / "html"
    assert sphinx(docs, target).code == 0
    assert "0 added, 0 changed, 0 removed" in sphinx(docs, target).said
    (tmp_path / "steps/step01_greet/app.py").write_text(APP.replace("Hello, Ada", "Hello, Grace"))
    assert "Hello, Grace!" in sphinx(docs, target).page("step01_greet/index")
    plant(
        tmp_path,
        {"step02_more/index": HEAD.replace("minutes: 9", "minutes: 4") + "```{changes}\n```"},
        {"step02_more": APP},
    )
    assert "step02_more/index" in sphinx(docs, target).page("index")


FAULTS = {
    "object": ("```{show} app.py\n:object: indx\n```", 'no object "indx". Did you mean: index'),
    "file": ("```{show} ap.py\n```", "There is no file ap.py in steps/step01_greet"),
    "region": ("```{show} app.py\n:region: x\n```", 'has no region "x". Put its lines between'),
    "exercise": ("```{exercise} gret\n```", 'step01_greet has no exercise "gret". It has: greet.'),
    "request": ("```{try}\nGet /\n```", '"Get /" is no request line. Write a method and a path'),
    "header": ("```{try}\nGET /\nAda\n```", '"Ada" is no header. Write "Name: value"'),
    "app": ("```{try}\n:app: ap\nGET /\n```", "step01_greet/ap.py gives no create_app()"),
    "exit": ('```{console}\n$ python -c "exit(4)"\n```', "ended with exit code 4, not 0"),
    "prompt": ("```{console}\npython\n```", 'is a command after "$ "'),
    "skip": ("```{verdict} greet\n:skip: frames\n```", 'No block of the report begins with'),
    "code_ref": ("{code-ref}`steps/step01_greet/app.py:ada`", 'app.py has no object "ada"'),
    "unshown": ("{code-ref}`steps/step01_greet/app.py:Names.post`", "no page shows steps/"),
}  # fmt: skip


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A course with a page for each fault, and one that belongs to no step."""
    root = tmp_path_factory.mktemp("faulty")
    pages = {f"step01_greet/{name}": f"# {name}\n\n{body}\n" for name, (body, _) in FAULTS.items()}
    pages["index"] = "# Index\n\n```{toctree}\n:glob:\n\n**\n```\n"
    pages["aside"] = "# Aside\n\n```{try}\nGET /\n```\n"
    pages["step01_greet/index"] = HEAD.replace("minutes: 9", "minutes: 10") + "Text.\n"
    return sphinx(plant(root, pages, {"step01_greet": APP}), root / "html")


@in_faulty
@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_build_and_says_what_to_do(faulty: Built, fault: str) -> None:
    """An error of a directive names file and line of the page, with a sentence."""
    assert faulty.code == 1
    said = [line for line in faulty.said.splitlines() if f"step01_greet/{fault}.md:" in line]
    assert any(FAULTS[fault][1] in line for line in said), said


@in_faulty
@pytest.mark.slow
def test_a_page_of_no_step_and_wrong_minutes_fail_the_build(faulty: Built) -> None:
    """An error of a whole page is reported as well."""
    assert "docs/aside.md belongs to none. Use it in docs/stepNN_name/" in faulty.said
    assert "minutes is 10, but reading (4) and the exercises in the room (5) make 9" in faulty.said


# The parts


def test_requests_are_parted_by_three_hashes() -> None:
    """A line of three hashes separates requests, each with request line, headers and body."""
    text = 'GET /posts?page=2\nAccept: text/plain\n###\nPOST /posts HTTP/1.1\n\n{"title": "Ä"}'
    first, second = parse_requests(text.split("\n"))
    assert first.start == "GET /posts?page=2 HTTP/1.1"
    assert first.headers == (("Accept", "text/plain"),)
    assert (second.body, second.size) == ('{"title": "Ä"}', 15)


@pytest.mark.parametrize("line", ["", "GET", "GET posts", "get /", "GET /a b", "GET /ä"])
def test_what_is_no_request_line_is_refused(line: str) -> None:
    """The error of a malformed line quotes it, with an example."""
    with pytest.raises(CourseError, match="no request line"):
        parse_requests([line])


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def app_with(handler: Handler) -> web.Application:
    """Make an application with one handler."""
    app = web.Application()
    app.router.add_get("/", handler)
    return app


def test_the_wire_is_shown_as_it_was() -> None:
    """Chunks of a body are joined; of binary data type and size are shown."""

    async def stream(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "image/png"})
        await response.prepare(request)
        for _ in range(3):
            await response.write(b"\x89PNG")
        return response

    (exchange,) = dialogue.send_requests(lambda: app_with(stream), parse_requests(["GET /"]))
    assert exchange.response
    assert exchange.response.start == "HTTP/1.1 200 OK"
    assert exchange.response.body == "(12 bytes of image/png)"
    assert exchange.curl == "curl -i http://127.0.0.1:8080/"


def test_what_an_app_logs_is_no_news(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither its own lines nor an error of its handler; afterwards logging is as before."""
    log = logging.getLogger("blog")

    async def noisy(request: web.Request) -> web.Response:
        log.warning("Cannot decrypt cookie value")
        await asyncio.to_thread(log.critical, "from a thread")
        raise RuntimeError("on purpose")

    (exchange,) = dialogue.send_requests(lambda: app_with(noisy), parse_requests(["GET /"]))
    assert exchange.response
    assert exchange.response.start == "HTTP/1.1 500 Internal Server Error"
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
    log.warning("as before")
    assert caplog.messages == ["as before"]


def test_random_digits_are_the_same_at_every_build() -> None:
    """Request IDs differ between requests, and are the same at every build."""

    async def number(request: web.Request) -> web.Response:
        value = secrets.token_hex(4)
        return web.Response(text=f"Name {value}.", headers={"X-Request-ID": value})

    def build() -> list[str]:
        asked = dialogue.send_requests(
            lambda: app_with(number), parse_requests(["GET /", "###", "GET /"])
        )
        shown = [
            http_block.reproducible(exchange, place).response
            for place, exchange in enumerate(asked)
        ]
        return [http_block.response_text(answer) for answer in shown if answer]

    first, second = build()
    assert [first, second] == build()
    assert first != second
    [value] = re.findall("X-Request-ID: ([0-9a-f]{8})\n", first)
    assert first.endswith(f"Name {value}.\n")


@pytest.mark.parametrize("blocks", [True, False])
def test_an_answer_that_never_comes_ends_the_build(blocks: bool) -> None:
    """A request times out when the handler waits, and when it blocks the loop."""
    stop = time.monotonic() + 2

    async def never(request: web.Request) -> web.Response:
        while blocks and time.monotonic() < stop:
            pass
        await asyncio.Event().wait()
        return web.Response()

    with pytest.raises(CourseError, match=r'"GET / HTTP/1\.1" had no answer within 0\.1 s'):
        dialogue.send_requests(lambda: app_with(never), parse_requests(["GET /"]), seconds=0.1)


def test_an_app_that_does_not_start_is_told() -> None:
    """The error of an app that does not start contains the reason."""
    with pytest.raises(CourseError, match="ValueError: no database"):
        dialogue.send_requests(_fail, parse_requests(["GET /"]))


def _fail() -> web.Application:
    raise ValueError("no database")


def test_objects_know_their_decorators_and_methods() -> None:
    """Functions, classes, methods and variables are found by name, with their lines."""
    text = (
        "A: int = 1\n@cache\n@other\ndef f():\n    pass\nclass C:\n    x = 2\n    def m(self): 0\n"
    )
    found = show.objects(text, "app.py")
    assert found == {"A": (1, 1), "f": (2, 5), "C": (6, 8), "C.x": (7, 7), "C.m": (8, 8)}
    assert show.objects("no {python}", "page.html") == {}


def test_a_region_ends_at_its_own_end() -> None:
    """A region is found by its whole name, not by a prefix."""
    text = "# region: names\na\n# endregion\n# region: name\nb\nc\n# endregion\n"
    assert show.find_region(text, "name", "app.py") == (5, 6)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["new", "new", "changed"], "2 new files, 1 changed: +6 −3 lines"),
        (["new"], "1 new file: +2 −1 lines"),
        (["changed", "gone"], "1 changed file, 1 gone: +4 −2 lines"),
    ],
)
def test_changes_in_a_line(kinds: list[str], expected: str) -> None:
    """The summary of changes counts files by kind, and lines."""
    lines = ("--- a", "+++ b", "@@ -1 +1,2 @@", "-one", "+two", "+three")
    found = [changes.FileChange("app.py", kind, lines) for kind in kinds]
    assert changes.summary(found) == expected


def test_what_is_new_at_every_run_is_left_out() -> None:
    """Dates, ephemeral ports and durations are removed from output."""
    text = "Host: 127.0.0.1:40001  \nDate: today\nto 127.0.0.1:8081\n2 passed in 0.31s\n"
    assert (
        console.reproducible_text(text)
        == "Host: 127.0.0.1:8080\nto 127.0.0.1:8081\n2 passed in … s\n"
    )


def test_a_command_that_hangs_ends_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that exceeds the time limit fails the build; the error contains the command."""
    monkeypatch.setattr(console, "SECONDS", 0.2)
    with pytest.raises(CourseError, match=r"did not end within 0\.2 s"):
        console.run(["python", "-c", "input() if 0 else __import__('time').sleep(9)"], ROOT, 0)


def test_a_block_of_a_report_can_be_left_out() -> None:
    """A block of a report is removed by its label."""
    report = "head\n\n    The request\n    │ GET /\n\n    The answer\n    │ 200"
    assert verdict.without_blocks(report, "The request") == "head\n\n    The answer\n    │ 200"


def test_the_clock_runs_in_hours() -> None:
    """Minutes are written as hours and minutes since the start."""
    assert [clock_time(m) for m in (0, 9, 60, 205)] == ["0:00", "0:09", "1:00", "3:25"]
