"""The paths and properties of steps and exercises, from the names of their folders and files."""

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
"""The valid names of an exercise."""
APP = (r"^(async )?def create_app\b", r"^if __name__ ==")
"""Lines of a file that defines an app and starts it."""
TITLE = r"^# (?:Step \d+:\s*)?(.+)$"
"""The first heading of a step's page."""


@dataclass(frozen=True)
class Exercise:
    """A file that the learner edits, its suite, its solution and its stub."""

    root: Path
    step: str
    name: str

    @property
    def key(self) -> str:
        """The unique name, such as "step02/greet"."""
        return f"{self.step[:6]}/{self.name}"

    @property
    def anchor(self) -> str:
        """The fragment of its address on its step's page, behind `#`."""
        return f"exercise-{self.name.replace('_', '-')}"

    @property
    def file(self) -> Path:
        """The learner's file."""
        return self.root / "exercises" / self.step / f"{self.name}.py"

    @property
    def suite(self) -> Path:
        """The file with the checks."""
        return self.root / "exercises" / self.step / f"test_{self.name}.py"

    @property
    def solution(self) -> Path:
        """The file of the solution: the stub with its holes filled."""
        return self.root / "solutions" / self.step / f"{self.name}.py"

    @property
    def stub(self) -> Path:
        """The learner's file as it was handed out."""
        return self.root / STUBS / self.step / f"{self.name}.py"

    @property
    def is_app(self) -> bool:
        """Whether it runs as a server: its stub defines `create_app` and starts it."""
        text = self.stub.read_text(encoding="utf-8") if self.stub.exists() else ""
        return all(re.search(mark, text, re.MULTILINE) for mark in APP)

    @property
    def answers(self) -> Path:
        """Folder of other right answers and of typical wrong ones, for the course's own tests."""
        return self.root / "workshop" / "tests" / "answers" / self.step / self.name

    @property
    def _parsed(self) -> Suite:
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
        """Drop the parsed suite, because its file has changed; it is parsed again when needed.

        While the new file cannot be parsed, the old suite is used.
        """
        if "_suite" in vars(self):
            vars(self)["_before"] = vars(self).pop("_suite")

    @property
    def title(self) -> str:
        """The title of the exercise."""
        return self._parsed.title

    @property
    def task(self) -> str:
        """The task, in Markdown."""
        return self._parsed.task

    @property
    def number(self) -> int:
        """Place within the step, from 1."""
        return self._parsed.number

    @property
    def minutes(self) -> int:
        """Minutes that most learners need."""
        return self._parsed.minutes

    @property
    def when(self) -> str:
        """When the exercise is done: "room" (at the workshop), "home" or "stretch"."""
        return self._parsed.when

    @property
    def seconds(self) -> float:
        """The deadline of a check: from the first line of the learner's code to the verdict."""
        return self._parsed.seconds

    @property
    def split(self) -> str:
        """How two processes share the checks: by "time", or by "count".

        By count where the first check of a process does work that all others rest on.
        """
        return self._parsed.split

    @property
    def questions(self) -> tuple[Question, ...]:
        """The checks in the order of the suite."""
        return self._parsed.questions


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
        """The topic, as in the folder's name."""
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
        """The title of its page without the number; its slug where the page has no title yet."""
        text = self.page.read_text(encoding="utf-8") if self.page.exists() else ""
        found = re.search(TITLE, text, re.MULTILINE)
        return found[1].strip() if found else self.slug

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises in the order in which they are done."""
        found = [self._exercise(suite) for suite in self._suites if self._owns(suite)]
        return tuple(sorted(found, key=lambda exercise: (exercise.number, exercise.name)))

    @cached_property
    def foreign(self) -> tuple[Path, ...]:
        """Files with the name of a suite that belong to no exercise: a learner's own tests."""
        return tuple(suite for suite in self._suites if not self._owns(suite))

    @property
    def _suites(self) -> list[Path]:
        return sorted((self.root / "exercises" / self.folder).glob("test_*.py"))

    def _exercise(self, suite: Path) -> Exercise:
        return Exercise(self.root, self.folder, suite.stem.removeprefix("test_"))

    def _owns(self, suite: Path) -> bool:
        """Return whether a suite belongs to the course: it has a solution, a stub or valid marks.

        An author writes the suite first; a learner's own tests have no exercise mark.
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
