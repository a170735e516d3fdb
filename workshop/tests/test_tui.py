"""The watch without a terminal: its state, its keys, and the rows of its screen."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.cells import cell_len
from rich.style import Style

from workshop import course
from workshop.course import Course, CourseError, Exercise
from workshop.report import Check, Exchange, Message, Outcome, Report, ServerHalf
from workshop.terminal import layout, watch_text
from workshop.terminal.actions import KeyActions
from workshop.terminal.layout import RowBuffer, ScreenLayout, prompt_toolkit_style
from workshop.terminal.tui import WatchScreen
from workshop.terminal.view import KEYS, Pane, status_line
from workshop.terminal.watch_state import WatchState, find_exercise, initial_exercise
from workshop.workspace.progress import Progress
from workshop.workspace.session import CourseSession, Event, EventKind

STEPS = ("step01_hello", "step02_routes")
TREES = ("exercises", "solutions", "workshop/stubs")
CURL = f"curl -i --data-raw '{'x' * 300}' http://127.0.0.1:8080/"
EXCHANGE = Exchange(
    Message("GET / HTTP/1.1", ()), Message("HTTP/1.1 200 OK", ()), ServerHalf(), CURL
)
STUCK = Check("test_status", "GET / answers 200.", Outcome.BROKEN, hints=("Return it.",))
"""A check that never got as far as asking."""


@pytest.fixture
def small(tmp_path: Path) -> Course:
    """A course of two steps, every exercise as it was handed out."""
    return course.copy_to(tmp_path, trees=TREES, steps=STEPS)


def verdict(exercise: Exercise, passed: bool) -> Report:
    """Return a report: the first check good, the others as said."""
    first, *rest = (
        Check(q.name, q.sentence, Outcome.PASSED, hints=q.hints) for q in exercise.questions
    )
    outcome = Outcome.PASSED if passed else Outcome.FAILED
    checks = (first, *(replace(check, outcome=outcome) for check in rest))
    if not passed:
        checks = (first, replace(checks[1], message="No.", exchanges=(EXCHANGE,)), *checks[2:])
    return Report(exercise.step, exercise.name, outcome, checks)


async def judged(exercise: Exercise) -> Report:
    """A checker that looks only whether there is the solution."""
    return verdict(exercise, exercise.file.read_bytes() == exercise.solution.read_bytes())


def solve(exercise: Exercise) -> None:
    """Save what is right."""
    exercise.file.write_bytes(exercise.solution.read_bytes())


class Recorder:
    """A view that records the calls of the watch."""

    def __init__(self, watch: WatchState) -> None:
        self.watch = watch
        self.panes: list[Pane] = []
        self.said: list[str] = []
        self.ended = False
        self._news = asyncio.Event()
        watch.attach(self)

    def show(self, pane: Pane) -> None:
        self.panes.append(pane)
        self._news.set()

    def refresh(self) -> None:
        self._news.set()

    def notify(self, text: str) -> None:
        self.said.append(text)
        self._news.set()

    def close(self) -> None:
        self.ended = True

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until a condition holds; every call of the watch is a reason to test it."""
        async with asyncio.timeout(30):
            while not holds():
                await self._news.wait()
                self._news.clear()


@pytest.fixture
async def view(small: Course) -> AsyncIterator[Recorder]:
    """A running watch at the first exercise, with a report."""
    async with CourseSession(small, judged) as session:
        recorder = Recorder(WatchState(session, small.exercises[0]))
        following = asyncio.create_task(recorder.watch.handle_events())
        await recorder.until(lambda: recorder.watch.report)
        yield recorder
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


@pytest.fixture
def keys(view: Recorder) -> KeyActions:
    """The keys of the watch."""
    return KeyActions(view.watch, view)


# What is watched


async def test_a_save_is_checked(view):
    """A saved file is checked, and an exercise that passed counts as done."""
    view.panes.clear()
    solve(view.watch.exercise)
    await view.until(lambda: view.watch.report.passed)
    assert view.panes[0] is Pane.VERDICT
    assert not view.watch.checking
    assert view.watch.progress.done(view.watch.exercise)


async def test_another_file_is_saved(view, small):
    """A save of another exercise opens it, with a message, and shows its report."""
    other = small.exercises[4]
    solve(other)
    await view.until(lambda: view.watch.exercise == other and view.watch.report)
    assert view.watch.report.passed
    assert view.said == [f"exercises/{other.step}/{other.name}.py has changed, so here it is."]


async def test_files_saved_together(view, small):
    """The watch keeps the current exercise when it is among the saved files; else it opens one."""
    first, second, third, *_ = small.exercises
    watch, seen = view.watch, []
    changes = [
        Event(kind, e) for kind in (EventKind.SAVED, EventKind.CHECKING) for e in (second, first)
    ]
    for events in changes, [Event(EventKind.SAVED, second), Event(EventKind.SAVED, third)]:
        watch.handle(events)
        seen.append(watch.exercise)
    for exercise in third, second:
        watch.handle([Event(EventKind.CHECKING, exercise)])
        seen.append(watch.exercise)
    assert seen == [first, first, third, third]


async def test_a_check_that_cannot_be_run_is_told(small):
    """A check that cannot run is shown as a message, and the watch goes on."""
    calls = []

    async def broken(exercise):
        calls.append(exercise)
        if len(calls) == 1:
            raise MemoryError("full")
        return verdict(exercise, passed=True)

    async with CourseSession(small, broken) as session:
        view = Recorder(WatchState(session, small.exercises[0]))
        watch = view.watch
        following = asyncio.create_task(watch.handle_events())
        await view.until(lambda: view.said or watch.report)
        assert "full" in "".join(view.said or [str(watch.report and watch.report.message)])
        KeyActions(watch, view).press("c")
        await view.until(lambda: watch.report and watch.report.passed)
        following.cancel()


# What it begins with


def test_what_was_saved_last_comes_first(small):
    """The watch begins with the file saved last or, when done, the next; stubs do not count."""
    progress = Progress(small.root)
    first, second, *_ = small.exercises
    assert initial_exercise(small, progress) == first
    for age, exercise in enumerate((second, first)):
        exercise.file.write_text("x = 1\n")
        os.utime(exercise.file, (1000 - age, 1000 - age))
    assert initial_exercise(small, progress) == second
    progress.record(second, verdict(second, passed=True))
    assert initial_exercise(small, progress) == first
    second.file.unlink()
    assert initial_exercise(small, progress) == first
    for exercise in small.exercises:
        progress.record(exercise, verdict(exercise, passed=True))
    assert initial_exercise(small, progress) == first


def test_a_step_means_the_next_of_it(small):
    """A step means its next open exercise; an unknown name raises, with similar names."""
    progress = Progress(small.root)
    step = small.steps[1].exercises
    progress.record(step[0], verdict(step[0], passed=True))
    assert find_exercise(small, progress, "step02") == step[1]
    assert find_exercise(small, progress, "greet") == step[0]
    with pytest.raises(CourseError, match="Did you mean greet"):
        find_exercise(small, progress, "gret")


# Keys


async def test_next_goes_round(view, keys, small):
    """The key n goes round the open exercises, and stays when all others are done."""
    progress = view.watch.progress
    keys.press("n")
    assert view.watch.exercise == small.exercises[1]
    for exercise in small.exercises[2:]:
        progress.record(exercise, verdict(exercise, passed=True))
    keys.press("n")
    assert view.watch.exercise == small.exercises[0]
    progress.record(small.exercises[1], verdict(small.exercises[1], passed=True))
    keys.press("n")
    assert view.watch.exercise == small.exercises[0]
    assert view.said == ["No other exercise is open. l lists them all."]


async def test_hints(view, keys):
    """The key h shows one more hint each time, and a message after the last."""
    all_ = len(view.watch.trouble.hints)
    for number in range(1, all_ + 1):
        keys.press("h")
        assert view.watch.hints == (number, all_)
        assert view.panes[-1] is Pane.HINTS
        assert not view.said
    keys.press("h")
    assert view.watch.hints == (all_, all_)
    assert "You have all hints" in view.said[0]


async def test_a_hint_that_cannot_be_written_down(view, keys, monkeypatch):
    """A hint is shown even when the progress file cannot be written."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workshop.course.files.os.fsync", full)
    keys.press("h")
    assert view.watch.hints[0] == 1
    assert view.panes[-1] is Pane.HINTS
    assert "No space left on device" in view.said[0]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (None, "No verdict yet"),
        (Report("s", "e", Outcome.PASSED), "has passed"),
        (Report("s", "e", Outcome.BROKEN, message="A SyntaxError."), "There is no hint"),
        (Report("s", "e", Outcome.BROKEN, (STUCK,), "A SyntaxError."), "There is no hint"),
    ],
)
async def test_no_hint(view, keys, report, said):
    """The key h shows a message when there is no hint."""
    view.watch.report = report
    keys.press("h")
    assert said in view.said[0]
    assert view.watch.taken == {}


async def test_the_solution(view, keys):
    """The key x shows the solution at the second press in a row, once done at the first."""
    for letter in "xcx":
        keys.press(letter)
        assert Pane.SOLUTION not in view.panes
    keys.press("x")
    assert view.panes[-1] is Pane.SOLUTION
    view.watch.progress.record(view.watch.exercise, verdict(view.watch.exercise, passed=True))
    view.panes.clear()
    keys.press("x")
    assert view.panes == [Pane.SOLUTION]


@pytest.mark.parametrize("answer", ["n", "r", "q", "escape", ENTER := "\r"])
async def test_reset_needs_a_yes(view, keys, answer):
    """After r, every key but y cancels, and does nothing else."""
    exercise = view.watch.exercise
    exercise.file.write_text("mine = 1\n")
    keys.press("r")
    keys.press(answer)
    assert exercise.file.read_text() == "mine = 1\n"
    assert view.said[-1].endswith("is left as it is.")
    assert (view.watch.exercise, view.ended) == (exercise, False)


async def test_reset_keeps_a_copy(view, keys):
    """A reset keeps a copy of the file; a second reset has nothing to keep."""
    exercise = view.watch.exercise
    exercise.file.write_text("mine = 1\n")
    for letter in "ryry":
        keys.press(letter)
    (kept,) = (exercise.root / ".workshop/kept" / exercise.step).iterdir()
    assert kept.read_text() == "mine = 1\n"
    assert view.said[1].endswith(f"Yours is kept in {kept.relative_to(exercise.root).as_posix()}.")
    assert view.said[3].endswith("is as it was handed out.")
    assert exercise.file.read_bytes() == exercise.stub.read_bytes()


async def test_a_question_is_about_one_exercise(view, keys, small):
    """A confirmation of a reset does nothing when another file was saved in between."""
    keys.press("r")
    other = small.exercises[4]
    solve(other)
    await view.until(lambda: view.watch.exercise == other)
    keys.press("y")
    assert other.file.read_bytes() == other.solution.read_bytes()


async def test_a_folder_in_place_of_the_file(view, keys):
    """A folder in place of the file cannot be replaced, and a message says so."""
    view.watch.exercise.file.unlink()
    view.watch.exercise.file.mkdir()
    keys.press("r")
    keys.press("y")
    assert "could not be replaced" in view.said[-1]


async def test_every_key_does_something(view, keys):
    """The table of keys has exactly the keys with actions, each once."""
    for key in KEYS:
        told = len(view.panes) + len(view.said) + view.ended
        keys.press(key.letter)
        assert len(view.panes) + len(view.said) + view.ended > told, key
        keys.press("escape")
    assert len({key.letter for key in KEYS}) == len(KEYS)


# The picture


@pytest.fixture
def painted(small: Course) -> ScreenLayout:
    """The picture of an exercise that does not pass."""
    watch = WatchState(CourseSession(small, judged), small.exercises[0])
    watch.report = verdict(watch.exercise, passed=False)
    return ScreenLayout(watch, "utf-8")


def shown(painted: ScreenLayout, width: int = 80, height: int = 24) -> list[str]:
    """Return the rows as text."""
    return [row.plain for row in painted.rows(width, height)]


@pytest.mark.parametrize("pane", Pane)
@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (40, 12), (20, 6), (9, 2)])
def test_any_size(painted, pane, size):
    """The screen fills the terminal, no row is too wide, the keys come last, with any message."""
    width, height = size
    for notice in "", "Replace it by the original? A copy of yours is kept. " * 3:
        painted.show(pane)
        painted.notify(notice)
        rows = shown(painted, width, height)
        assert len(rows) == height
        assert all(cell_len(row) <= width for row in rows)
        if width >= 40:
            assert "q quit" in rows[-1]
            assert "step01/plain_text" in rows[0]


@pytest.mark.parametrize("pane", Pane)
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "no-such-encoding"])
def test_any_encoding(painted, small, pane, encoding):
    """Signs are written in ASCII where the encoding has none of them."""
    picture_ = ScreenLayout(painted._watch, encoding)
    picture_.show(pane)
    text = "".join(shown(picture_))
    text.encode("ascii" if encoding.startswith("no") else encoding)


def test_nothing_is_cut_off(painted):
    """A command that is too long for a row continues in the next row."""
    rows = shown(painted, 40, 200)
    assert CURL in "".join(row.ljust(40) for row in rows)
    assert "h gives you a hint." in "".join(rows)


def test_one_can_scroll_to_the_end_and_no_further(painted):
    """Scrolling stops at both ends, and the status line has the right numbers of lines."""
    first = shown(painted)
    (total,) = {int(row.split()[3]) for row in first if row.startswith("lines ")}
    painted.move(10**6)
    last = shown(painted)
    assert any(row.startswith(f"lines {total - 17}-{total} of") for row in last)
    painted.page(-1)
    start = max(1, total - 34)
    assert any(row.startswith(f"lines {start}-{start + 17} of") for row in shown(painted))
    painted.move(-(10**6))
    assert shown(painted) == first


def test_the_trouble_is_seen_at_once(painted):
    """The first failed check is visible at once, on a small screen and after many passed checks."""
    report = painted._watch.report
    good = tuple(replace(report.checks[0], name=f"test_{n}") for n in range(30))
    painted._watch.report = replace(report, checks=(*good, *report.checks[1:]))
    painted.refresh()
    assert any(row.startswith("  ✗") for row in shown(painted, 40, 12))


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_hints_are_brought_into_sight(painted, size):
    """The hints and their check are scrolled into view from every position."""
    watch = painted._watch
    watch.progress.take_hint(watch.exercise, watch.trouble.name, 2)
    shown(painted, *size)
    painted.move(10**6)
    assert not any(row.startswith("    Hint") for row in shown(painted, *size))
    painted.show(Pane.HINTS)
    rows = shown(painted, *size)
    assert any(row.startswith("    Hint    1 of 2") for row in rows)
    assert any(row.startswith("  ✗ ") for row in rows)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_the_choice_stays_in_sight(painted, small, size):
    """The selected exercise stays visible, with a mark that needs no colour."""
    painted.show(Pane.LIST)
    for step in (1, -1):
        for _ in small.exercises:
            marked = [row for row in shown(painted, *size) if row.startswith(">")]
            assert painted.choice.name in marked[0]
            painted.move(step)


def test_before_the_verdict(painted):
    """Before the first report the screen shows the sentences of the checks."""
    painted._watch.report = None
    painted._watch.checking = True
    painted.show(Pane.VERDICT)
    rows = shown(painted)
    assert rows[0].startswith("· step01/plain_text")
    for question in painted._watch.exercise.questions:
        assert f"  · {question.sentence}" in rows
    assert any(row.startswith("checking") for row in rows)


@pytest.mark.parametrize(("seconds", "stays"), [(1000, True), (-1, False)])
def test_a_sentence_stays_for_a_while(painted, monkeypatch, seconds, stays):
    """A message stays for some seconds, so the save of a reset does not remove its message."""
    monkeypatch.setattr(layout, "NOTICE", seconds)
    painted.notify("Yours is kept.")
    painted.show(Pane.VERDICT)
    painted.refresh()
    assert ("Yours is kept." in shown(painted)) is stays


def test_a_verdict_does_not_close_the_list(painted):
    """A new report does not close the list; only a save does."""
    painted.show(Pane.LIST)
    painted.refresh()
    assert painted.pane is Pane.LIST


def test_facts_are_shortened_from_the_end():
    """Facts of the status line are shortened from the end, then left out."""
    found = [("step01 0 of 4 done", "step01 0/4"), ("hints 1 of 2", "hints 1/2")]
    assert status_line(found, 40) == "step01 0 of 4 done  hints 1 of 2"
    assert status_line(found, 30) == "step01 0 of 4 done  hints 1/2"
    assert status_line(found, 21) == "step01 0/4  hints 1/2"
    assert status_line(found, 20) == "step01 0/4"
    assert status_line(found, 4) == "step"


def test_styles():
    """ANSI colours become names of prompt_toolkit, other colours hexadecimal numbers."""
    assert prompt_toolkit_style(Style.parse("bold red")) == "bold fg:ansired"
    assert prompt_toolkit_style(Style.parse("underline reverse bright_black")) == (
        "underline reverse fg:ansibrightblack"
    )
    assert prompt_toolkit_style(Style.parse("#a0b1c2")) == "fg:#a0b1c2"
    assert prompt_toolkit_style(Style.parse("color(196)")) == "fg:#ff0000"
    assert prompt_toolkit_style(Style.parse("default")) == prompt_toolkit_style(None) == ""


def test_wide_letters_are_folded_between_them():
    """Wide letters are folded between them: no row is too wide, no letter is lost."""
    page = RowBuffer(20, "utf-8")
    page.verbatim("数" * 25)
    assert [row.cell_len for row in page.rows] == [20, 20, 10]
    assert "".join(row.plain for row in page.rows) == "数" * 25


# The screen itself


async def run(small: Course, typed: str) -> WatchScreen:
    """Run the screen with keys that are pressed as soon as it is there."""
    with create_pipe_input() as keyboard:
        async with CourseSession(small, judged) as session:
            screen = WatchScreen(WatchState(session, small.exercises[0]), keyboard, DummyOutput())
            keyboard.send_text(typed)
            async with asyncio.timeout(30):
                await screen.run()
            return screen


@pytest.mark.parametrize("typed", ["q", "\x03", "lq", "?\x1b[6~xq", "\x1b[200~ry\x1b[201~q"])
async def test_it_ends(small, typed):
    """The screen ends from every pane; pasted text is no key."""
    small.exercises[0].file.write_text("mine = 1\n")
    await run(small, typed)
    assert small.exercises[0].file.read_text() == "mine = 1\n"


async def test_an_error_ends_it_and_is_raised(small, monkeypatch):
    """An error while the screen is rendered ends it, and `run` raises the error."""
    monkeypatch.setattr(watch_text, "write_help", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await run(small, "?")
