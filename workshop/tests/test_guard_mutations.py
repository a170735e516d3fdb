"""The guard bites: each fault that it is there for makes it fail, and nothing else does.

Every fault is planted in a copy of the course, and the guard's own functions look at it.
"""

from __future__ import annotations

import inspect
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from workshop import course
from workshop.course import CourseError
from workshop.tests import test_guard as guard

APART = {"a_check_may_run_beside_another"}
"""Looks at the checker, not at what an author does."""
PAGE = "docs/step02_routes/index.md"
STUB = "workshop/stubs/step01_hello/plain_text.py"
SOLUTION = "solutions/step01_hello/plain_text.py"
SUITE = "exercises/step01_hello/test_plain_text.py"
GREETING = "Hello from Ada"
HINT = '@pytest.mark.hint(\n    "The stub answers 501'
SLOW = {"stub_fails_as_failed", "solution_passes"}
"""They start another process."""

Plant = Callable[[Path], None]


def changed(name: str, old: str, new: str) -> Plant:
    """Return what replaces a text in a file, where it stands first; the text has to be there."""

    def plant(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text, f"{name} has no {old!r} any more"
        (root / name).write_text(text.replace(old, new, 1), "utf-8")

    return plant


def added(name: str, text: str) -> Plant:
    """Return what writes a text at the end of a file, made if need be."""

    def plant(root: Path) -> None:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text("utf-8") if file.exists() else "") + text, "utf-8")

    return plant


def copied(name: str, other: str) -> Plant:
    """Return what puts one file in the place of another."""

    def plant(root: Path) -> None:
        shutil.copyfile(root / name, root / other)

    return plant


def gone(name: str) -> Plant:
    """Return what deletes a folder."""
    return lambda root: shutil.rmtree(root / name)


def renumbered(root: Path) -> None:
    """Leave out a number."""
    for folder in [*root.rglob("step05_images")]:
        folder.rename(folder.with_name("step95_images"))


def unfinished(root: Path) -> None:
    """Take the full stop from the goal of a page."""
    text = (root / PAGE).read_text("utf-8")
    (root / PAGE).write_text(re.sub(r"(?m)^(goal: .*)\.$", r"\1", text), "utf-8")


@dataclass(frozen=True)
class Fault:
    """Something that an author gets wrong, and the guard's test that has to say so."""

    guard: str
    """The name of the test, without its "test_"."""
    name: str
    plant: Plant
    about: str = ""
    """The tree, step, exercise … that the test is called with."""


UNHINTED = changed(SUITE, HINT, HINT.replace("hint", "slow"))
FAULTS = (
    Fault("trees_mirror_each_other", "a page is missing", gone("docs/step02_routes"), "docs"),
    Fault(
        "trees_mirror_each_other",
        "a folder too many",
        added("solutions/step09_more/x.py", "\n"),
        "solutions",
    ),
    Fault("numbers_have_no_gap", "a number is left out", renumbered),
    Fault(
        "every_file_belongs_to_an_exercise",
        "a solution stands alone",
        added("solutions/step01_hello/extra.py", "\n"),
        "step01",
    ),
    Fault(
        "every_file_belongs_to_an_exercise",
        "an exercise has no answers",
        gone("workshop/tests/answers/step01_hello/plain_text"),
        "step01",
    ),
    Fault(
        "exercises_are_numbered_and_one_stretches",
        "two exercises have one number",
        changed(SUITE, "number=1", "number=2"),
        "step01",
    ),
    Fault(
        "exercises_are_numbered_and_one_stretches",
        "an exercise of two minutes",
        changed(SUITE, "minutes=5", "minutes=2"),
        "step01",
    ),
    Fault(
        "stub_differs_only_at_its_todos",
        "the stub is the solution",
        copied(SOLUTION, STUB),
        "plain_text",
    ),
    Fault(
        "stub_differs_only_at_its_todos",
        "the solution has a TODO left",
        added(SOLUTION, "# TODO: Tidy up.\n"),
        "plain_text",
    ),
    Fault(
        "stub_differs_only_at_its_todos",
        "the stub differs where no TODO stands",
        changed(STUB, '"127.0.0.1"', '"0.0.0.0"'),
        "plain_text",
    ),
    Fault(
        "stub_differs_only_at_its_todos",
        "a TODO that is no instruction",
        changed(STUB, "# TODO: ", "# todo "),
        "plain_text",
    ),
    Fault(
        "stub_fails_as_failed",
        "the stub raises when it is imported",
        added(STUB, "raise NotImplementedError\n"),
        "plain_text",
    ),
    Fault("stub_fails_as_failed", "the stub cannot be read", added(STUB, "def\n"), "plain_text"),
    Fault("stub_fails_as_failed", "the stub passes", copied(SOLUTION, STUB), "plain_text"),
    Fault(
        "stub_fails_as_failed",
        "the first check gives no hint",
        UNHINTED,
        "plain_text",
    ),
    Fault(
        "solution_passes", "the solution is wrong", changed(SOLUTION, GREETING, "Hi"), "plain_text"
    ),
    Fault(
        "solution_passes",
        "the solution prints",
        changed(SOLUTION, "    return", "    print(1)\n    return"),
        "plain_text",
    ),
    Fault(
        "every_check_has_a_sentence_and_hints",
        "a check has no sentence",
        changed(SUITE, '    """GET / answers 200."""\n', ""),
        "plain_text",
    ),
    Fault(
        "every_check_has_a_sentence_and_hints",
        "a sentence is too long",
        changed(SUITE, "GET / answers 200.", "GET / answers 200, " + "truly, " * 12 + "always."),
        "plain_text",
    ),
    Fault(
        "every_check_has_a_sentence_and_hints",
        "a sentence does not end",
        changed(SUITE, "GET / answers 200.", "GET / answers 200"),
        "plain_text",
    ),
    Fault(
        "every_check_has_a_sentence_and_hints",
        "a check gives no hint",
        UNHINTED,
        "plain_text",
    ),
    Fault(
        "every_check_has_a_sentence_and_hints",
        "the first hint is the only one",
        changed(SUITE, 'gets.",\n    "', 'gets."\n    "'),
        "plain_text",
    ),
    Fault(
        "handed_out_as_kept",
        "the stub was not taken over",
        added("exercises/step01_hello/plain_text.py", "# new\n"),
        "plain_text",
    ),
    Fault(
        "blocks_come_from_files", "code is typed", added(PAGE, "```python\nx = 1\n```\n"), "step02"
    ),
    Fault(
        "blocks_come_from_files",
        "code is typed inside a fold",
        added(PAGE, "````{dropdown} More\n```{code-block} python\nx = 1\n```\n````\n"),
        "step02",
    ),
    Fault(
        "page_has_every_exercise_once_and_the_changes",
        "an exercise is not on the page",
        changed(PAGE, "{exercise} greet", "{note} greet"),
        "step02",
    ),
    Fault(
        "page_has_every_exercise_once_and_the_changes",
        "an exercise stands there twice",
        added(PAGE, "```{exercise} greet\n```\n"),
        "step02",
    ),
    Fault(
        "page_has_every_exercise_once_and_the_changes",
        "what changed is not on the page",
        changed(PAGE, "```{changes}", "```{note}"),
        "step02",
    ),
    Fault(
        "minutes_add_up",
        "the minutes are wrong",
        changed(PAGE, "minutes: ", "minutes: 1"),
        "step02",
    ),
    Fault("minutes_add_up", "the goal is no sentence", unfinished, "step02"),
    Fault(
        "the_plan_holds",
        "a step takes the whole day",
        changed(PAGE, "minutes: ", "minutes: 1"),
        "workshop",
    ),
    Fault(
        "every_added_line_is_shown",
        "a line that no page shows",
        added("steps/step04_templates/posts.py", "\nHIDDEN = 1\n"),
        "step04",
    ),
    Fault(
        "every_added_line_is_shown",
        "a file that no page shows",
        added("steps/step04_templates/templates/hidden.html", "<p>hidden</p>\n"),
        "step04",
    ),
    Fault(
        "imports_have_no_circle",
        "two modules need each other",
        added("workshop/report/curl.py", "from workshop.recorder import exchanges as exchange\n"),
        "engine",
    ),
    Fault(
        "imports_have_no_circle",
        "two rooms need each other",
        added(
            "workshop/report/curl.py",
            "def f():\n    from workshop.advice import explain\n",
        ),
        "rooms",
    ),
    Fault(
        "imports_point_one_way",
        "a view asks the checker",
        added("workshop/terminal/page.py", "from workshop.runner import checker\n"),
    ),
    Fault(
        "imports_point_one_way",
        "the terminal asks the checker by way of another",
        added("workshop/workspace/progress.py", "from workshop.runner.checker import check\n"),
    ),
    Fault(
        "imports_point_one_way",
        "the checker shows what it found",
        added("workshop/runner/verdict.py", "import workshop.terminal.page\n"),
    ),
    Fault(
        "imports_point_one_way",
        "the learner's files know the checker",
        added("workshop/workspace/document.py", "from workshop.runner.checker import check\n"),
    ),
    Fault(
        "imports_point_one_way",
        "the recorder knows the advice",
        added("workshop/recorder/plugin.py", "from workshop.advice.catalogue import advise\n"),
    ),
    Fault(
        "imports_point_one_way",
        "the course knows who asks",
        added("workshop/course/course.py", "from workshop.report import Report\n"),
    ),
    Fault(
        "imports_point_one_way",
        "the command line is imported",
        added("workshop/course/scaffold.py", "from workshop.cli import main as cli\n"),
    ),
    Fault(
        "every_room_is_in_the_table",
        "a room that nobody lists",
        added("workshop/attic/__init__.py", "\n"),
    ),
    Fault(
        "every_room_is_in_the_table",
        "a room that is gone",
        changed("CONTRIBUTING.md", "| `terminal/`", "| `attic/` | dust |\n| `terminal/`"),
    ),
    Fault(
        "every_room_is_in_the_table",
        "a room imports from one below",
        added("workshop/workspace/progress.py", "from workshop.terminal import page\n"),
    ),
    Fault(
        "runs_inside_a_page",
        "the recorder starts a thread",
        added("workshop/recorder/plugin.py", "import threading\n"),
        "recorder.plugin",
    ),
    Fault(
        "runs_inside_a_page",
        "what the recorder needs opens a socket",
        added("workshop/recorder/client_trace.py", "def f():\n    from socket import socket\n"),
        "recorder.plugin",
    ),
    Fault(
        "requirements_pin_what_the_course_needs",
        "a package is not pinned",
        changed("requirements.txt", "\naiohttp==", "\naiohttp>="),
    ),
    Fault(
        "requirements_pin_what_the_course_needs",
        "a dependency that is not pinned",
        changed("pyproject.toml", '    "click",', '    "click",\n    "flask",'),
    ),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the course, small enough to make one for every fault."""
    made = course.copy_to(tmp_path, without=("tests", "*.png", "*.svg"))
    for exercise in made.exercises:
        exercise.answers.mkdir(parents=True)
    return tmp_path


async def look(monkeypatch: pytest.MonkeyPatch, root: Path, fault: Fault) -> None:
    """Let one of the guard's tests look at a copy of the course."""
    found = course.discover(root)
    monkeypatch.setattr(guard, "ROOT", root)
    monkeypatch.setattr(guard, "COURSE", found)
    values: dict[str, Callable[[str], object]] = {
        "tree": str,
        "name": str,
        "step": found.step,
        "exercise": lambda name: found.select(name)[0],
        "graph": lambda name: getattr(guard, name),
    }
    test = getattr(guard, f"test_{fault.guard}")
    done = test(*(values[name](fault.about) for name in inspect.signature(test).parameters))
    if inspect.isawaitable(done):
        await done


@pytest.mark.sampled(table="the guard bites")
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(f, id=f.name, marks=[pytest.mark.slow] if f.guard in SLOW else [])
        for f in FAULTS
    ],
)
async def test_the_guard_bites(monkeypatch, root, fault):
    """It is content with the copy, and is not any more once the fault is there."""
    await look(monkeypatch, root, fault)
    fault.plant(root)
    with pytest.raises((AssertionError, CourseError)):
        await look(monkeypatch, root, fault)


def test_every_test_of_the_guard_can_bite():
    """A test that nothing makes fail guards nothing."""
    tests = {n.removeprefix("test_") for n in vars(guard) if n.startswith("test_")}
    assert {fault.guard for fault in FAULTS} == tests - APART
