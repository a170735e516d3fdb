"""`watch` on a real terminal: keys are typed, files are saved, the screen is read."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workshop import course
from workshop.course import Exercise

if sys.platform == "win32":
    pytest.skip("a terminal for tests needs a Unix", allow_module_level=True)

import termios

from workshop.tests.terminals import (
    CONTROL_C,
    DOWN,
    END,
    ENTER,
    ESCAPE,
    PAGE_DOWN,
    UP,
    Terminal,
)

pytestmark = [pytest.mark.slow, pytest.mark.sampled]

NAME = "plain_text"
WATCH = ("-m", "workshop", "watch")
FAILED, PASSED = "failed, 0 of 3 checks", "passed, 3 of 3 checks"
SIZES = {"wide": (120, 40), "usual": (80, 24), "small": (40, 12)}
COLOURS = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|38;[0-9;]+)m")
LEFT = b"\x1b[?1049l"
"""What a terminal is sent when a program leaves the screen of its own."""


@pytest.fixture
def exercise(scratch: Path) -> Exercise:
    """The first exercise of step 01, in a copy of the course."""
    return named(scratch, NAME)


def named(root: Path, name: str) -> Exercise:
    """Return an exercise of a copy."""
    return course.discover(root).select(name)[0]


def solve(exercise: Exercise) -> None:
    """Save what is right."""
    exercise.file.write_bytes(exercise.solution.read_bytes())


@pytest.mark.parametrize("size", SIZES)
def test_from_a_wrong_answer_to_the_next_exercise(exercise, size):
    """The watch shows the report on the stub, on a wrong and on a right save; n opens the next."""
    columns, lines = SIZES[size]
    with Terminal(exercise.root, *WATCH, NAME, columns=columns, lines=lines) as terminal:
        terminal.until(f"✗ {exercise.key}", FAILED, "came    501", "q quit")
        text = exercise.file.read_text("utf-8")
        exercise.file.write_text(text.replace('status=501, text="not done yet"', 'text="Hi"'))
        terminal.until("failed, 2 of 3 checks")
        solve(exercise)
        terminal.until(PASSED, "step01/html_page", gone="failed")
        terminal.type("n")
        terminal.until("✗ step01/html_page", "exercises/step01_hello/html_page.py")
        terminal.type("q")
        assert terminal.ended() == 0


def test_hints_one_at_a_time(exercise):
    """Each hint is scrolled into view; a new watch shows them again."""
    with Terminal(exercise.root, *WATCH, NAME) as terminal:
        terminal.until(FAILED, gone="checking")
        terminal.type("h")
        terminal.until("Hint    1 of 2", "came    501", "hints 1/2")
        terminal.type("h")
        terminal.until("Hint    2 of 2", "hints 2/2")
        terminal.type("h")
        terminal.until("You have all hints for this check. x shows the solution.")
    with Terminal(exercise.root, *WATCH, NAME) as terminal:
        terminal.until("hints 2/2", "Hint    1 of 2", "Hint    2 of 2")
        terminal.type(END)
        terminal.until("curl", gone="another hint")


def test_the_evidence_is_scrolled(exercise):
    """The middle scrolls by pages and rows; the verdict and the keys stay in place."""
    with Terminal(exercise.root, *WATCH, NAME) as terminal:
        terminal.until("lines 1-18 of", gone="checking")
        terminal.type(DOWN)
        terminal.until("lines 2-19 of")
        terminal.type(UP + PAGE_DOWN)
        terminal.until("curl", "h gives you a hint.", FAILED, "q quit", gone="came    501")


def test_the_list(exercise):
    """In the list, arrows select and Enter opens; Escape goes back to the report."""
    with Terminal(exercise.root, *WATCH, NAME) as terminal:
        terminal.until(FAILED, gone="checking")
        terminal.type("l")
        terminal.until("> · plain_text", "Enter open")
        terminal.type(DOWN + DOWN)
        terminal.until("> · status_headers")
        terminal.type(ESCAPE)
        terminal.until("came    501", gone="Enter open")
        terminal.type("l")
        terminal.until("> · plain_text")
        terminal.type(DOWN + ENTER)
        terminal.until("✗ step01/html_page", gone="Enter open")


def test_the_solution_is_asked_for_twice(exercise):
    """The solution needs one press of x after the exercise is done, and two before."""
    with Terminal(exercise.root, *WATCH, NAME) as terminal:
        terminal.until(FAILED, gone="checking")
        terminal.type("x")
        terminal.until("x again shows the solution")
        terminal.type("x")
        terminal.until('return web.Response(text="Hello from Ada")')
        terminal.type(ESCAPE)
        terminal.until("came    501")
        solve(exercise)
        terminal.until(PASSED)
        terminal.type("x")
        terminal.until("Your first server", "Esc back")


def test_reset_asks_and_keeps_a_copy(exercise):
    """A reset keeps a copy and shows its path; without y nothing happens."""
    solve(exercise)
    with Terminal(exercise.root, *WATCH, NAME) as terminal:
        terminal.until(PASSED)
        terminal.type("r")
        terminal.until("A copy of yours is kept. y: yes")
        terminal.type("n")
        terminal.until("is left as it is")
        assert exercise.file.read_bytes() == exercise.solution.read_bytes()
        terminal.type("ry")
        terminal.until("Yours is kept in .workshop/kept/step01_hello/plain_text-", FAILED)
        (kept,) = (exercise.root / ".workshop/kept/step01_hello").iterdir()
        assert kept.name in terminal.flat
        assert kept.read_bytes() == exercise.solution.read_bytes()
        assert exercise.file.read_bytes() == exercise.stub.read_bytes()


def test_another_file_is_saved(exercise):
    """Another saved exercise is shown, with a message."""
    other = named(exercise.root, "greet")
    with Terminal(exercise.root, *WATCH, NAME) as terminal:
        terminal.until(FAILED, gone="checking")
        solve(other)
        terminal.until("✓ step02/greet", "exercises/step02_routes/greet.py has changed")


def test_another_size(exercise):
    """A resize renders everything anew, narrow and wide."""
    with Terminal(exercise.root, *WATCH, NAME, columns=120, lines=40) as terminal:
        before = terminal.until(FAILED, "r reset", "curl", gone="checking")
        terminal.resize(40, 12)
        terminal.until("failed, 0 of 3", "? help", gone="r reset")
        assert all(len(row) <= 40 for row in terminal.rows)
        terminal.resize(120, 40)
        assert terminal.until(FAILED, "r reset", "curl") == before


def test_colours(exercise):
    """The screen has red and green; with NO_COLOR it has bold alone."""
    with Terminal(exercise.root, *WATCH, NAME) as terminal:
        terminal.until(FAILED)
        assert terminal.style("✗ step01").fg == "red"
        assert COLOURS.search(terminal.raw)
    with Terminal(exercise.root, *WATCH, NAME, place={"NO_COLOR": "1"}) as terminal:
        terminal.until(FAILED)
        terminal.type("xx")
        terminal.until("Your first server")
        terminal.type("q")
        assert terminal.ended() == 0
        assert not COLOURS.search(terminal.raw)


def test_a_terminal_without_unicode(exercise):
    """Signs and rules are written in ASCII without Unicode."""
    place = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    with Terminal(exercise.root, *WATCH, NAME, place=place) as terminal:
        text = terminal.until(f"x {exercise.key} - Answer", "| HTTP/1.1 501", "-----", "-> Replace")
        assert text.isascii()


@pytest.mark.parametrize("way", ["q", CONTROL_C, "SIGTERM", "SIGHUP"])
def test_the_terminal_is_left_as_it_was(exercise, way):
    """After every way to end, the terminal echoes, reads lines and shows the cursor."""
    with Terminal(exercise.root, *WATCH, NAME) as terminal:
        terminal.until(FAILED, gone="checking")
        assert not cooked(terminal)
        if way.startswith("SIG"):
            terminal.child.kill(signal.Signals[way])
        else:
            terminal.type(way)
        assert terminal.ended() == 0
        assert cooked(terminal)
        assert terminal.raw.rfind(LEFT) < terminal.raw.rfind(b"\x1b[?25h")
        assert FAILED in terminal.raw[terminal.raw.rfind(LEFT) :].decode()


STUMBLES = {
    "painting": "texts.write_help = lambda *_: 1 / 0",
    "a key": "KeyActions._check = lambda *_: 1 / 0",
    "an event": "WatchState.open = lambda *_: asyncio.get_running_loop().call_soon(lambda: 1 / 0)",
}
PROGRAM = """
import asyncio
from workshop.cli.main import main
from workshop.terminal import watch_text as texts
from workshop.terminal.actions import KeyActions
from workshop.terminal.watch_state import WatchState
{}
main(prog_name="workshop")
"""


@pytest.mark.parametrize(("where", "key"), [*zip(STUMBLES, "?cn", strict=True)])
def test_an_error_of_ours_leaves_the_terminal_as_it_was(exercise, where, key):
    """An error of the watch restores the terminal, and its traceback is printed after that."""
    program = PROGRAM.format(STUMBLES[where])
    with Terminal(exercise.root, "-c", program, "watch", NAME) as terminal:
        terminal.until(FAILED, gone="checking")
        terminal.type(key)
        assert terminal.ended() == 1
        assert cooked(terminal)
        assert b"ZeroDivisionError" in terminal.raw[terminal.raw.rfind(LEFT) :]


def cooked(terminal: Terminal) -> bool:
    """Say whether a terminal echoes letters, gives whole lines, and obeys Ctrl-C."""
    wanted = termios.ECHO | termios.ICANON | termios.ISIG
    flags: int = termios.tcgetattr(terminal.child.fileno())[3]
    return flags & wanted == wanted


# Plain lines


@pytest.mark.parametrize("way", ["--plain", "dumb"])
def test_plain_lines_and_typed_keys(exercise, way):
    """Plain lines move no cursor, and typed keys work with Enter."""
    words, place = ((NAME,), {"TERM": "dumb"}) if way == "dumb" else ((NAME, way), {})
    with Terminal(exercise.root, *WATCH, *words, columns=100, lines=300, place=place) as terminal:
        terminal.until("Type a letter and Enter", "Stuck?  h gives you a hint.", "and save.")
        terminal.type("h\n")
        terminal.until("Hint    1 of 2", "h gives you another hint.")
        terminal.type("l\n")
        terminal.until("status_headers", "Type an exercise's name")
        terminal.type("nosuch\n")
        terminal.until('no exercise or step called "nosuch"')
        terminal.type("html_page\n")
        terminal.until("✗ step01/html_page", FAILED, "Hint    1 of 2")
        terminal.type("r\n")
        terminal.until("Replace exercises/step01_hello/html_page.py")
        terminal.type("yes\n")
        terminal.until("html_page.py is as it was handed out.")
        solve(exercise)
        terminal.until(f"✓ {exercise.key}", f"exercises/step01_hello/{NAME}.py has changed", PASSED)
        terminal.type("q\n")
        assert terminal.ended() == 0
        assert not re.search(rb"\x1b\[[\d;?]*[^m\d;?]", terminal.raw)
        assert way != "dumb" or b"\x1b" not in terminal.raw


def test_end_of_typing_ends_it(exercise):
    """Ctrl-D and Ctrl-C end plain mode."""
    for key in "\x04", CONTROL_C:
        with Terminal(exercise.root, *WATCH, NAME, "--plain", lines=100) as terminal:
            terminal.until("and save.")
            terminal.type(key)
            assert terminal.ended() == 0


def test_into_a_file(exercise):
    """Without a terminal the watch writes plain lines, each at once, and reads no keys."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV_"))}
    first = course.discover(exercise.root).exercises[0]
    progress = exercise.root / ".workshop" / "progress.json"
    progress.parent.mkdir()
    progress.write_text("no JSON")
    with subprocess.Popen(
        [sys.executable, *WATCH],
        cwd=exercise.root,
        env={**environment, "PYTHONUTF8": "1", "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        seen = []
        for line in process.stdout:
            seen.append(line)
            if line.startswith("Next    edit"):
                solve(exercise)
            if PASSED in line:
                process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    said = "".join(seen)
    assert said.startswith("Save an exercise to see its verdict; Ctrl-C ends.\n")
    assert "could not be read; it is kept as" in " ".join(said.split())
    assert f"✗ {first.key}" in said
    assert f"✓ {exercise.key}" in said
    assert "\x1b" not in said
