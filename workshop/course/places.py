"""The course, read from its folders; no other module knows where anything lies.

A step is a folder in `steps/`: the digits of its name give the order, the rest gives the identity.
An exercise is a suite in `exercises/<step>/test_<name>.py`; the suite says what is asked.
"""

from __future__ import annotations

import ast
import difflib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TREES = ("docs", "steps", "exercises", "solutions")
STEP_NAME = re.compile(r"step(\d\d)_([a-z][a-z0-9_]*)")
WHEN = ("room", "home", "stretch")
APP = (r"^(async )?def create_app\b", r"^if __name__ ==")
"""Lines that a file has which makes an app and starts it."""


class CourseError(Exception):
    """The course or the call is wrong: says what, where and what to do next."""


@dataclass(frozen=True, slots=True)
class Question:
    """One check of a suite, before it is asked."""

    name: str
    sentence: str
    hints: tuple[str, ...]
    code: str


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
        return self.root / "workshop" / "stubs" / self.step / f"{self.name}.py"

    @property
    def is_app(self) -> bool:
        """Whether it serves by itself: the file as handed out makes an app and starts it."""
        text = self.stub.read_text(encoding="utf-8") if self.stub.exists() else ""
        return all(re.search(mark, text, re.MULTILINE) for mark in APP)

    @property
    def answers(self) -> Path:
        """Folder of other right answers and of typical wrong ones, for the course's own tests."""
        return self.root / "workshop" / "tests" / "answers" / self.step / self.name

    @cached_property
    def _module(self) -> ast.Module:
        return _parse(self.suite)

    @property
    def title(self) -> str:
        """The first line of the suite's docstring."""
        return _docstring(self._module, self.suite).partition("\n")[0].rstrip(".")

    @property
    def task(self) -> str:
        """The rest of the suite's docstring: what is asked, in Markdown."""
        return _docstring(self._module, self.suite).partition("\n")[2].strip()

    @cached_property
    def _mark(self) -> tuple[int, int, str]:
        for node in self._module.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
                found = re.search(r"mark\.exercise\((.*?)\)", ast.unparse(node.value))
                if found:
                    return _placing(found[1], self.suite)
        raise CourseError(
            f"{self.suite}: no exercise mark. Add: "
            'pytestmark = pytest.mark.exercise(number=1, minutes=5, when="room")'
        )

    @property
    def number(self) -> int:
        """Place within the step, from 1."""
        return self._mark[0]

    @property
    def minutes(self) -> int:
        """How long it takes most people."""
        return self._mark[1]

    @property
    def when(self) -> str:
        """When it is done: "room" (at the workshop), "home" or "stretch"."""
        return self._mark[2]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The checks in the order of the suite."""
        source = self.suite.read_text(encoding="utf-8")
        return tuple(
            Question(
                node.name,
                " ".join((ast.get_docstring(node) or node.name).split()),
                _hints(node),
                ast.get_source_segment(source, node) or "",
            )
            for node in self._module.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name.startswith("test")
        )


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
    def exercises(self) -> tuple[Exercise, ...]:
        """In the order in which they are done."""
        folder = self.root / "exercises" / self.folder
        found = (
            Exercise(self.root, self.folder, suite.stem.removeprefix("test_"))
            for suite in folder.glob("test_*.py")
        )
        return tuple(sorted(found, key=lambda exercise: (exercise.number, exercise.name)))

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


@dataclass(frozen=True)
class Course:
    """All steps, in order."""

    root: Path
    steps: tuple[Step, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise of every step, in the order in which they are done."""
        return tuple(exercise for step in self.steps for exercise in step.exercises)

    def before(self, step: Step) -> Step | None:
        """Return the step that this one grew out of, or None for the first."""
        at = self.steps.index(step)
        return self.steps[at - 1] if at else None

    def step(self, name: str) -> Step:
        """Return the step meant by "5", "05", "step05", "step05_images" or "images".

        Raises CourseError, with the nearest names, when there is none.
        """
        wanted = name.strip().strip("/").lower()
        for step in self.steps:
            if wanted in {
                str(step.number),
                f"{step.number:02}",
                step.label,
                step.folder,
                step.slug,
            }:
                return step
        raise CourseError(_unknown("step", name, [step.label for step in self.steps]))

    def select(self, name: str) -> tuple[Exercise, ...]:
        """Return the exercises meant by a name: a step, "greet", "step02/greet" or a path.

        Raises CourseError, with the nearest names, when there is none.
        """
        wanted = name.replace("\\", "/").strip("/").removesuffix(".py")
        parts = [part for part in wanted.split("/") if part not in {"exercises", "solutions", "."}]
        step = next((s for s in self.steps if parts and parts[0].startswith(s.label)), None)
        last = parts[-1].removeprefix("test_") if parts else ""
        found = tuple(
            exercise
            for exercise in (step.exercises if step else self.exercises)
            if exercise.name == last
        )
        if found:
            return found
        if len(parts) == 1:
            for candidate in self.steps:
                if parts[0] in {candidate.label, candidate.folder, candidate.slug}:
                    return candidate.exercises
        known = [e.name for e in self.exercises] + [s.label for s in self.steps]
        raise CourseError(_unknown("exercise or step", name, known))


def discover(root: Path = ROOT) -> Course:
    """Return the course found below a folder: every step that has a folder in `steps/`.

    Raises CourseError when there is none, or when two share a number.
    """
    names = sorted(
        path.name
        for path in (root / "steps").glob("step*")
        if path.is_dir() and STEP_NAME.fullmatch(path.name)
    )
    if not names:
        raise CourseError(f"No steps in {root / 'steps'}. Start the course from its own folder.")
    numbers = [name[:6] for name in names]
    for number in numbers:
        if numbers.count(number) > 1:
            raise CourseError(f"Two steps are called {number} in {root / 'steps'}. Rename one.")
    return Course(root, tuple(Step(root, name) for name in names))


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


def _parse(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, SyntaxError, UnicodeError) as error:
        raise CourseError(f"{path}: this suite cannot be read: {error}. Restore it.") from error


def _docstring(module: ast.Module, path: Path) -> str:
    text = ast.get_docstring(module)
    if not text:
        raise CourseError(f"{path}: no docstring. Its first line is the exercise's title.")
    return text


def _placing(arguments: str, suite: Path) -> tuple[int, int, str]:
    call = ast.parse(f"f({arguments})", mode="eval").body
    assert isinstance(call, ast.Call)
    values = {kw.arg: ast.literal_eval(kw.value) for kw in call.keywords}
    if set(values) != {"number", "minutes", "when"} or values["when"] not in WHEN:
        raise CourseError(
            f"{suite}: the exercise mark takes number=, minutes= and when= "
            f"(one of {', '.join(WHEN)})."
        )
    return values["number"], values["minutes"], values["when"]


def _hints(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, ...]:
    """Return what the hint marks of a test say, the upper mark's sentences first."""
    return tuple(
        str(ast.literal_eval(argument))
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("mark.hint")
        for argument in decorator.args
    )


def _unknown(kind: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    guess = f" Did you mean {' or '.join(near)}?" if near else ""
    return f'There is no {kind} called "{name}".{guess} "python -m workshop list" shows them all.'
