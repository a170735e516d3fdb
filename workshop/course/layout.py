"""Where everything of an exercise and of a step lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from workshop.course.suite import CourseError, Question, Suite, read

ROOT = Path(__file__).resolve().parent.parent.parent
TREES = ("docs", "steps", "exercises", "solutions")
STUBS = "workshop/stubs"
STEP_NAME = re.compile(r"step(\d\d)_([a-z][a-z0-9_]*)")
NAME = re.compile(r"[a-z][a-z0-9_]*")
"""What an exercise may be called."""
APP = (r"^(async )?def create_app\b", r"^if __name__ ==")
"""Lines that a file has which makes an app and starts it."""
TITLE = r"^# (?:Step \d+:\s*)?(.+)$"
"""The first heading of a step's page."""


@dataclass(frozen=True)
class Exercise:
    """A file that the learner edits, with the suite that asks about it."""

    root: Path
    step: str
    name: str

    @property
    def key(self) -> str:
        """The name that no other exercise has, such as "step02/greet"."""
        return f"{self.step[:6]}/{self.name}"

    @property
    def anchor(self) -> str:
        """Where it stands on its step's page: the part of an address behind `#`."""
        return f"exercise-{self.name.replace('_', '-')}"

    @property
    def file(self) -> Path:
        """The learner's file."""
        return self.root / "exercises" / self.step / f"{self.name}.py"

    @property
    def suite(self) -> Path:
        """The checks."""
        return self.root / "exercises" / self.step / f"test_{self.name}.py"

    @property
    def solution(self) -> Path:
        """The holes filled."""
        return self.root / "solutions" / self.step / f"{self.name}.py"

    @property
    def stub(self) -> Path:
        """The learner's file as it was handed out."""
        return self.root / STUBS / self.step / f"{self.name}.py"

    @property
    def is_app(self) -> bool:
        """Whether it serves by itself: the file as handed out makes an app and starts it."""
        text = self.stub.read_text(encoding="utf-8") if self.stub.exists() else ""
        return all(re.search(mark, text, re.MULTILINE) for mark in APP)

    @property
    def answers(self) -> Path:
        """Folder of other right answers and of typical wrong ones, for the course's own tests."""
        return self.root / "workshop" / "tests" / "answers" / self.step / self.name

    @property
    def _says(self) -> Suite:
        known = vars(self)
        if "_suite" not in known:
            try:
                known["_suite"] = read(self.suite)
            except CourseError:
                if "_before" not in known:
                    raise
                return cast("Suite", known["_before"])  # it is away, for a moment perhaps
        return cast("Suite", known["_suite"])

    def forget(self) -> None:
        """Read the suite again when it is asked about next: an author has changed it.

        While it cannot be read, it is as it was before.
        """
        if "_suite" in vars(self):
            vars(self)["_before"] = vars(self).pop("_suite")

    @property
    def title(self) -> str:
        """What it is about, in a few words."""
        return self._says.title

    @property
    def task(self) -> str:
        """What is asked, in Markdown."""
        return self._says.task

    @property
    def number(self) -> int:
        """Place within the step, from 1."""
        return self._says.number

    @property
    def minutes(self) -> int:
        """How long it takes most people."""
        return self._says.minutes

    @property
    def when(self) -> str:
        """When it is done: "room" (at the workshop), "home" or "stretch"."""
        return self._says.when

    @property
    def seconds(self) -> float:
        """The deadline of a check: from the first line of the learner's code to the verdict."""
        return self._says.seconds

    @property
    def split(self) -> str:
        """How two processes share the checks: by "time", or by "count".

        By count where the first check of a process does work that all others rest on.
        """
        return self._says.split

    @property
    def questions(self) -> tuple[Question, ...]:
        """The checks in the order of the suite."""
        return self._says.questions


@dataclass(frozen=True)
class Step:
    """A chapter: its app, its page, its exercises."""

    root: Path
    folder: str

    @property
    def number(self) -> int:
        """The digits of the folder's name."""
        return int(self.folder[4:6])

    @property
    def label(self) -> str:
        """The short name, as in `nox -s step05`."""
        return self.folder[:6]

    @property
    def slug(self) -> str:
        """What the step is about, in a word."""
        return self.folder[7:]

    @property
    def path(self) -> Path:
        """The folder with the step's app."""
        return self.root / "steps" / self.folder

    @property
    def page(self) -> Path:
        """The step's page on the site."""
        return self.root / "docs" / self.folder / "index.md"

    @cached_property
    def title(self) -> str:
        """What its page is called, without the number; its slug where there is no title yet."""
        text = self.page.read_text(encoding="utf-8") if self.page.exists() else ""
        found = re.search(TITLE, text, re.MULTILINE)
        return found[1].strip() if found else self.slug

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """In the order in which they are done."""
        found = [self._exercise(suite) for suite in self._suites if self._owns(suite)]
        return tuple(sorted(found, key=lambda exercise: (exercise.number, exercise.name)))

    @cached_property
    def foreign(self) -> tuple[Path, ...]:
        """Files that are called as suites are, and belong to no exercise: somebody's own tests."""
        return tuple(suite for suite in self._suites if not self._owns(suite))

    @property
    def _suites(self) -> list[Path]:
        return sorted((self.root / "exercises" / self.folder).glob("test_*.py"))

    def _exercise(self, suite: Path) -> Exercise:
        return Exercise(self.root, self.folder, suite.stem.removeprefix("test_"))

    def _owns(self, suite: Path) -> bool:
        """Say whether a suite is the course's: it has a solution or a stub, or all that it needs.

        An author writes the suite first; a learner's own tests say nothing of an exercise.
        """
        exercise = self._exercise(suite)
        if exercise.solution.is_file() or exercise.stub.is_file():
            return True
        try:
            return bool(NAME.fullmatch(exercise.name) and exercise.title)
        except CourseError:
            return False

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the step, relative to its folder; bytecode and data left out."""
        return tuple(
            sorted(
                path.relative_to(self.path)
                for path in self.path.rglob("*")
                if path.is_file()
                and not {"__pycache__", "data"} & set(path.relative_to(self.path).parts)
            )
        )


def exercise_of(path: Path, root: Path = ROOT) -> Exercise | None:
    """Return the exercise that a file in `exercises/` or `solutions/` belongs to, if any."""
    try:
        tree, step, name = path.resolve().relative_to(root.resolve()).parts
    except ValueError:
        return None
    if tree not in {"exercises", "solutions"} or not name.endswith(".py"):
        return None
    return Exercise(root, step, name.removesuffix(".py").removeprefix("test_"))


def step_of(path: Path, root: Path = ROOT) -> Step | None:
    """Return the step that a file in any of the trees belongs to, if any."""
    try:
        parts = path.resolve().relative_to(root.resolve()).parts
    except ValueError:
        return None
    if len(parts) > 1 and parts[0] in TREES and STEP_NAME.fullmatch(parts[1]):
        return Step(root, parts[1])
    return None
