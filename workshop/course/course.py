"""The course: all steps in order, the lookup of steps and exercises by name, copies of it."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from workshop.course.layout import ROOT, STEP_NAME, STUBS, TREES, Exercise, Step
from workshop.course.suite import CourseError

GENERATED = ("__pycache__", "_build", "data")
"""Names of generated folders: bytecode, the site, the data of a step's app."""


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
        """Return the step that this one grew out of; None for the prologue and for step 01."""
        at = self.steps.index(step)
        return self.steps[at - 1] if at and self.steps[at - 1].number else None

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


def copy_to(
    folder: Path,
    root: Path = ROOT,
    *,
    trees: Sequence[str] = (*TREES, "workshop", "hub"),
    steps: Collection[str] = (),
    without: Sequence[str] = (),
) -> Course:
    """Copy the course into a folder, made if need be, and return the copy.

    `trees` are the folders to copy, and `steps` the steps of which there are folders in them (all
    steps if none is named). The files beside the trees, such as conftest.py, are copied as well.
    Left out are generated folders, and names that match a pattern of `without`; a pattern with a
    "/" is compared with the path from the course's folder. Each exercise is copied as it was
    handed out; each step has a folder in `steps/`, if an empty one.

    Raises FileExistsError when the folder holds one of the trees already.
    """
    unwanted = shutil.ignore_patterns(*GENERATED, *without)
    paths = [pattern for pattern in without if "/" in pattern]

    def ignored(place: str, names: list[str]) -> set[str]:
        others = {name for name in names if STEP_NAME.fullmatch(name) and name not in steps}
        inside = Path(place).relative_to(root)
        left_out = {
            n for n in names for pattern in paths if fnmatch((inside / n).as_posix(), pattern)
        }
        return unwanted(place, names) | left_out | (others if steps else set())

    for tree in trees:
        shutil.copytree(root / tree, folder / tree, ignore=ignored)
    for file in root.glob("[!.]*"):
        if file.is_file():
            shutil.copy(file, folder)
    for step in steps or [step.folder for step in discover(root).steps]:
        (folder / "steps" / step).mkdir(parents=True, exist_ok=True)
    for stub in (root / STUBS).glob("*/*.py"):
        place = folder / "exercises" / stub.parent.name
        if place.is_dir():
            shutil.copy(stub, place)
    return discover(folder)


def _unknown(kind: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    guess = f" Did you mean {' or '.join(near)}?" if near else ""
    return f'There is no {kind} called "{name}".{guess} "python -m workshop list" shows them all.'
