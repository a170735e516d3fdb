"""All that a learner reads, as it is shown: no raw marks, no two full stops, the same numbers."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from rich.console import Console

from workshop.advice.catalogue import CATALOGUE
from workshop.advice.entry import Entry
from workshop.advice.faults import Fault
from workshop.course import ROOT, discover
from workshop.report import Advice, Check, Outcome, Report
from workshop.runner.run_state import REASONS, TerminationReason
from workshop.terminal.glyphs import without_stress
from workshop.terminal.report_text import ReportWriter

COURSE = discover(ROOT)
SILENT = frozenset({"code", "pre", "script", "style", "svg", "kbd", "title", "textarea", "math"})
"""Elements that hold code, or nothing that is read."""
VOID = frozenset({"img", "br", "hr", "input", "meta", "link", "source", "path", "use", "wbr"})
BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "td", "th", "dt", "dd", "summary", "div", "span"})
RAW = {
    "a back-tick": re.compile(r"`"),
    "a star around words": re.compile(r"(?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\w*])"),
    "two ends": re.compile(r"[?!…]\.(?=\s|$)|(?<!\.)\.\.(?=\s|$)"),
    "a gap": re.compile(r"\{\d\}|\bNone exercise|\b1 exercises\b"),
}
"""What no sentence has when it is shown."""


class Reader(HTMLParser):
    """Gathers what is read on a page, code left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go in."""
        if tag not in VOID:
            self._inside.append(tag)
        if tag in BLOCKS:
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        """Come out."""
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Read."""
        self.text += "X" if SILENT & set(self._inside) else data


def read(page: str) -> str:
    """Return what is read on a page of HTML."""
    reader = Reader()
    reader.feed(page)
    return reader.text


def faults(text: str) -> list[str]:
    """Return the lines of a text that have what no sentence has."""
    return [
        f"{what}: {line.strip()[:100]}"
        for line in text.splitlines()
        for what, form in RAW.items()
        if form.search(line)
    ]


def test_no_page_shows_a_raw_mark(site):
    """Neither in a sentence, nor in a hint, nor in a table."""
    found = {
        page.relative_to(site.html).as_posix(): faults(read(page.read_text("utf-8")))
        for page in sorted(site.html.rglob("*.html"))
        if "_static" not in page.parts and not page.name.startswith("genindex")
    }
    assert len(found) > 15
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_a_page_and_its_card_count_alike(site):
    """Of a step's exercises: all of them, and how many are done in the room."""
    cards = read((site.html / "index.html").read_text("utf-8"))
    for step in COURSE.steps:
        page = read((site.html / step.folder / "index.html").read_text("utf-8"))
        [here] = re.findall(r"About \d+ minutes, (.*?)\.\s", page)
        assert f"· {here}" in cards
        assert here.startswith(f"{len(step.exercises)} exercise")


def shown(report: Report) -> str:
    """Return what a terminal shows of a report on the first exercise, with all its hints."""
    exercise = COURSE.exercises[0]
    file = io.StringIO()
    terminal = ReportWriter(Console(file=file, width=100, highlight=False))
    taken = {check.name: len(check.hints) for check in report.checks}
    terminal.report(report, exercise, taken)
    return file.getvalue()


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.key)
def test_no_hint_shows_stars_in_a_terminal(exercise):
    """Words are stressed on a page; in a terminal they stand plain."""
    for question in exercise.questions:
        check = Check(question.name, question.sentence, Outcome.FAILED, "no", question.hints)
        text = shown(Report(exercise.step, exercise.name, Outcome.FAILED, (check,)))
        without_code = re.sub(r"`[^`]*`", "X", text)
        assert [line for line in faults(without_code) if "back-tick" not in line] == []
        for hint in question.hints:
            assert without_stress(hint).split()[0] in text


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("It means *not implemented*.", "It means not implemented."),
        ("`await gather(*waits)` and *all* of `f(*args, **more)`", None),
        ("2 * 3 * 4 = 24, a*b*c", "2 * 3 * 4 = 24, a*b*c"),
    ],
)
def test_stress_is_not_code(sentence, wanted):
    """Stars that are code, or a product, stay."""
    assert without_stress(sentence) == (wanted or sentence.replace("*all*", "all"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("invalid syntax. Perhaps you forgot a comma?", "forgot a comma?"),
        ("expected ':'", "expected ':'."),
        ("it ended.", "it ended."),
        ("and so on...", "and so on..."),
    ],
)
def test_a_sentence_ends_once(text, wanted):
    """Whatever Python's own words bring along."""
    told = Entry("key", "SyntaxError", "^(.*)$", "Python cannot read this line: {0}.", "Mend it.")
    fault = Fault("SyntaxError", text)
    found = told.match(fault)
    assert found
    assert told.advice(fault, found).sentence.endswith(wanted)
    assert faults(told.advice(fault, found).sentence.replace("...", "…")) == []


@pytest.mark.parametrize("kind", REASONS)
def test_a_mishap_is_told_once(kind):
    """What is wrong with a check is not said again as advice."""
    reason = TerminationReason(kind, "KeyboardInterrupt!")
    check = Check("test_one", "One.", Outcome.BROKEN, reason.sentence, advice=reason.advice(None))
    text = shown(Report("step00_asyncio", "first", Outcome.BROKEN, (check,)))
    words = " ".join(text.split())
    assert words.count(reason.sentence[:40]) == 1
    assert faults(reason.sentence.replace("`", "")) == []


def test_what_is_another_sentence_is_told():
    """Advice that says more than the message stands beside it."""
    advice = Advice("key", "Another sentence.", "Do it.", None)
    check = Check("test_one", "One.", Outcome.FAILED, "A message.", advice=advice)
    text = shown(Report("step00_asyncio", "first", Outcome.FAILED, (check,)))
    assert "A message." in text
    assert "Another sentence." in text


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.key)
def test_an_entry_is_written_as_it_is_shown(one):
    """Its sentence and its action, gaps and code left out."""
    for text in (one.sentence, one.action):
        assert faults(re.sub(r"``.+?``|`[^`]*`|\{\w+\}", "X", text)) == []
