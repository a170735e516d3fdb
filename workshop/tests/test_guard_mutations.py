"""Mutation tests of the guard: each fault in a copy of the course makes its test fail.

The tests of `test_guard.py` are called as functions on the copy, before and after the fault.
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

WITHOUT_FAULT = {"a_check_may_run_beside_another"}
"""Tests of the guard that no fault of an author can make fail."""
PAGE = "docs/step02_routes/index.md"
STUB = "workshop/stubs/step01_hello/plain_text.py"
SOLUTION = "solutions/step01_hello/plain_text.py"
SUITE = "exercises/step01_hello/test_plain_text.py"
GREETING = "Hello from Ada"
HINT = '@pytest.mark.hint(\n    "The stub answers 501'
SLOW = {"stub_fails_as_failed", "solution_passes"}
"""Tests of the guard that start a process."""

Mutation = Callable[[Path], None]


def replace_text(name: str, old: str, new: str) -> Mutation:
    """Return a fault that replaces the first occurrence of a text in a file."""

    def mutate(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text, f"{name} has no {old!r} any more"
        (root / name).write_text(text.replace(old, new, 1), "utf-8")

    return mutate


def append_text(name: str, text: str) -> Mutation:
    """Return a fault that appends a text to a file, or creates the file."""

    def mutate(root: Path) -> None:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text("utf-8") if file.exists() else "") + text, "utf-8")

    return mutate


def copy_file(name: str, other: str) -> Mutation:
    """Return a fault that overwrites a file with another file."""

    def mutate(root: Path) -> None:
        shutil.copyfile(root / name, root / other)

    return mutate


def delete_folder(name: str) -> Mutation:
    """Return a fault that deletes a folder."""
    return lambda root: shutil.rmtree(root / name)


def skip_number(root: Path) -> None:
    """Rename step 05 to step 95, so that a number is missing."""
    for folder in [*root.rglob("step05_images")]:
        folder.rename(folder.with_name("step95_images"))


def remove_full_stop(root: Path) -> None:
    """Remove the full stop from the goal of a page."""
    text = (root / PAGE).read_text("utf-8")
    (root / PAGE).write_text(re.sub(r"(?m)^(goal: .*)\.$", r"\1", text), "utf-8")


@dataclass(frozen=True)
class Fault:
    """A mistake of an author, and the test of the guard that must fail on it."""

    guard: str
    """The name of the test, without its "test_"."""
    name: str
    mutate: Mutation
    about: str = ""
    """The parameter of the test: a tree, a step, an exercise …"""


UNHINTED = replace_text(SUITE, HINT, HINT.replace("hint", "slow"))
FAULTS = (
    Fault(
        "trees_mirror_each_other", "a page is missing", delete_folder("docs/step02_routes"), "docs"
    ),
    Fault(
        "trees_mirror_each_other",
        "a folder too many",
        append_text("solutions/step09_more/x.py", "\n"),
        "solutions",
    ),
    Fault("numbers_have_no_gap", "a number is left out", skip_number),
    Fault(
        "every_file_belongs_to_an_exercise",
        "a solution stands alone",
        append_text("solutions/step01_hello/extra.py", "\n"),
        "step01",
    ),
    Fault(
        "every_file_belongs_to_an_exercise",
        "an exercise has no answers",
        delete_folder("workshop/tests/answers/step01_hello/plain_text"),
        "step01",
    ),
    Fault(
        "exercises_are_numbered_and_one_stretches",
        "two exercises have one number",
        replace_text(SUITE, "number=1", "number=2"),
        "step01",
    ),
    Fault(
        "exercises_are_numbered_and_one_stretches",
        "an exercise of two minutes",
        replace_text(SUITE, "minutes=5", "minutes=2"),
        "step01",
    ),
    Fault(
        "stub_differs_only_at_its_todos",
        "the stub is the solution",
        copy_file(SOLUTION, STUB),
        "plain_text",
    ),
    Fault(
        "stub_differs_only_at_its_todos",
        "the solution has a TODO left",
        append_text(SOLUTION, "# TODO: Tidy up.\n"),
        "plain_text",
    ),
    Fault(
        "stub_differs_only_at_its_todos",
        "the stub differs where no TODO stands",
        replace_text(STUB, '"127.0.0.1"', '"0.0.0.0"'),
        "plain_text",
    ),
    Fault(
        "stub_differs_only_at_its_todos",
        "a TODO that is no instruction",
        replace_text(STUB, "# TODO: ", "# todo "),
        "plain_text",
    ),
    Fault(
        "stub_fails_as_failed",
        "the stub raises when it is imported",
        append_text(STUB, "raise NotImplementedError\n"),
        "plain_text",
    ),
    Fault(
        "stub_fails_as_failed", "the stub cannot be read", append_text(STUB, "def\n"), "plain_text"
    ),
    Fault("stub_fails_as_failed", "the stub passes", copy_file(SOLUTION, STUB), "plain_text"),
    Fault(
        "stub_fails_as_failed",
        "the first check gives no hint",
        UNHINTED,
        "plain_text",
    ),
    Fault(
        "solution_passes",
        "the solution is wrong",
        replace_text(SOLUTION, GREETING, "Hi"),
        "plain_text",
    ),
    Fault(
        "solution_passes",
        "the solution prints",
        replace_text(SOLUTION, "    return", "    print(1)\n    return"),
        "plain_text",
    ),
    Fault(
        "every_check_has_a_sentence_and_hints",
        "a check has no sentence",
        replace_text(SUITE, '    """GET / answers 200."""\n', ""),
        "plain_text",
    ),
    Fault(
        "every_check_has_a_sentence_and_hints",
        "a sentence is too long",
        replace_text(
            SUITE, "GET / answers 200.", "GET / answers 200, " + "truly, " * 12 + "always."
        ),
        "plain_text",
    ),
    Fault(
        "every_check_has_a_sentence_and_hints",
        "a sentence does not end",
        replace_text(SUITE, "GET / answers 200.", "GET / answers 200"),
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
        replace_text(SUITE, 'gets.",\n    "', 'gets."\n    "'),
        "plain_text",
    ),
    Fault(
        "handed_out_as_kept",
        "the stub was not taken over",
        append_text("exercises/step01_hello/plain_text.py", "# new\n"),
        "plain_text",
    ),
    Fault(
        "blocks_come_from_files",
        "code is typed",
        append_text(PAGE, "```python\nx = 1\n```\n"),
        "step02",
    ),
    Fault(
        "blocks_come_from_files",
        "code is typed inside a fold",
        append_text(PAGE, "````{dropdown} More\n```{code-block} python\nx = 1\n```\n````\n"),
        "step02",
    ),
    Fault(
        "page_has_every_exercise_once_and_the_changes",
        "an exercise is not on the page",
        replace_text(PAGE, "{exercise} greet", "{note} greet"),
        "step02",
    ),
    Fault(
        "page_has_every_exercise_once_and_the_changes",
        "an exercise stands there twice",
        append_text(PAGE, "```{exercise} greet\n```\n"),
        "step02",
    ),
    Fault(
        "page_has_every_exercise_once_and_the_changes",
        "what changed is not on the page",
        replace_text(PAGE, "```{changes}", "```{note}"),
        "step02",
    ),
    Fault(
        "minutes_add_up",
        "the minutes are wrong",
        replace_text(PAGE, "minutes: ", "minutes: 1"),
        "step02",
    ),
    Fault("minutes_add_up", "the goal is no sentence", remove_full_stop, "step02"),
    Fault(
        "the_plan_holds",
        "a step takes the whole day",
        replace_text(PAGE, "minutes: ", "minutes: 1"),
        "workshop",
    ),
    Fault(
        "every_added_line_is_shown",
        "a line that no page shows",
        append_text("steps/step04_templates/posts.py", "\nHIDDEN = 1\n"),
        "step04",
    ),
    Fault(
        "every_added_line_is_shown",
        "a file that no page shows",
        append_text("steps/step04_templates/templates/hidden.html", "<p>hidden</p>\n"),
        "step04",
    ),
    Fault(
        "imports_have_no_circle",
        "two modules need each other",
        append_text(
            "workshop/report/curl.py", "from workshop.recorder import exchanges as exchange\n"
        ),
        "engine",
    ),
    Fault(
        "imports_have_no_circle",
        "two layers need each other",
        append_text(
            "workshop/report/curl.py",
            "def f():\n    from workshop.advice import explain\n",
        ),
        "layers",
    ),
    Fault(
        "imports_point_one_way",
        "a view imports the checker",
        append_text("workshop/terminal/page.py", "from workshop.runner import checker\n"),
    ),
    Fault(
        "imports_point_one_way",
        "the terminal imports the checker indirectly",
        append_text(
            "workshop/workspace/progress.py", "from workshop.runner.checker import check\n"
        ),
    ),
    Fault(
        "imports_point_one_way",
        "the checker shows what it found",
        append_text("workshop/runner/report_builder.py", "import workshop.terminal.page\n"),
    ),
    Fault(
        "imports_point_one_way",
        "the learner's files know the checker",
        append_text(
            "workshop/workspace/document.py", "from workshop.runner.checker import check\n"
        ),
    ),
    Fault(
        "imports_point_one_way",
        "the recorder knows the advice",
        append_text(
            "workshop/recorder/plugin.py", "from workshop.advice.catalogue import advise\n"
        ),
    ),
    Fault(
        "imports_point_one_way",
        "the course knows who asks",
        append_text("workshop/course/course.py", "from workshop.report import Report\n"),
    ),
    Fault(
        "imports_point_one_way",
        "the command line is imported",
        append_text("workshop/course/scaffold.py", "from workshop.cli import main as cli\n"),
    ),
    Fault(
        "every_layer_is_in_the_table",
        "a layer that nobody lists",
        append_text("workshop/attic/__init__.py", "\n"),
    ),
    Fault(
        "every_layer_is_in_the_table",
        "a layer that is gone",
        replace_text("CONTRIBUTING.md", "| `terminal/`", "| `attic/` | dust |\n| `terminal/`"),
    ),
    Fault(
        "every_layer_is_in_the_table",
        "a layer imports from one below",
        append_text("workshop/workspace/progress.py", "from workshop.terminal import page\n"),
    ),
    Fault(
        "runs_inside_a_page",
        "the recorder starts a thread",
        append_text("workshop/recorder/plugin.py", "import threading\n"),
        "recorder.plugin",
    ),
    Fault(
        "runs_inside_a_page",
        "what the recorder needs opens a socket",
        append_text(
            "workshop/recorder/client_trace.py", "def f():\n    from socket import socket\n"
        ),
        "recorder.plugin",
    ),
    Fault(
        "requirements_pin_what_the_course_needs",
        "a package is not pinned",
        replace_text("requirements.txt", "\naiohttp==", "\naiohttp>="),
    ),
    Fault(
        "requirements_pin_what_the_course_needs",
        "a dependency that is not pinned",
        replace_text("pyproject.toml", '    "click",', '    "click",\n    "flask",'),
    ),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the course with the few files that the guard reads."""
    made = course.copy_to(tmp_path, without=("tests", "*.png", "*.svg"))
    for exercise in made.exercises:
        exercise.answers.mkdir(parents=True)
    return tmp_path


async def run_guard(monkeypatch: pytest.MonkeyPatch, root: Path, fault: Fault) -> None:
    """Run a test of the guard on a copy of the course."""
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


@pytest.mark.sampled(table="guard mutations")
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(f, id=f.name, marks=[pytest.mark.slow] if f.guard in SLOW else [])
        for f in FAULTS
    ],
)
async def test_a_fault_makes_the_guard_fail(monkeypatch, root, fault):
    """Each test of the guard passes on the copy, and fails after its fault."""
    await run_guard(monkeypatch, root, fault)
    fault.mutate(root)
    with pytest.raises((AssertionError, CourseError)):
        await run_guard(monkeypatch, root, fault)


def test_every_test_of_the_guard_has_a_fault():
    """Every test of the guard has at least one fault that makes it fail."""
    tests = {n.removeprefix("test_") for n in vars(guard) if n.startswith("test_")}
    assert {fault.guard for fault in FAULTS} == tests - WITHOUT_FAULT
