"""What lies in the folders of the exercises and is none of the course's: named, and left alone."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from workshop.course import Exercise, Step
from workshop.preflight import hidden

ALIKE = 0.75
"""How near a name must be, from 0 to 1, to be taken for the one that is missing."""


def misnamed(exercise: Exercise) -> str:
    """Return a sentence about a file that looks like the missing one; nothing where none does.

    A capital letter, an ending that the editor put behind, " (1)" of a download, another folder.
    """
    known = {file.name for file in _own(exercise.file.parent)}
    beside = [file for file in _files(exercise.file.parent) if file.name not in known]
    near = sorted(beside, key=lambda file: _likeness(exercise, file), reverse=True)
    if near and _likeness(exercise, near[0]) >= ALIKE:
        return f" There is {near[0].name}: rename it to {exercise.file.name}."
    for folder in _others(exercise):
        file = folder / exercise.file.name
        if file.is_file() and file not in _own(folder):
            where = folder.relative_to(exercise.root).as_posix()
            there = "the course's folder" if where == "." else f"{where}/"
            return (
                f" There is {file.name} in {there}: move it to"
                f" {exercise.file.parent.relative_to(exercise.root).as_posix()}/."
            )
    return ""


def hiding(exercise: Exercise) -> str:
    """Return a sentence about a file that hides a module from the exercise; nothing for none.

    In the course's folder no check can run beside it; in the exercise's it does no harm there.
    """
    return hidden(str(exercise.root))


def hiding_beside(exercise: Exercise) -> str:
    """Return a sentence about a file in the exercise's folder that hides a module."""
    folder = exercise.file.parent
    if not folder.is_dir():
        return ""
    return hidden(str(folder), tuple(file.stem for file in _own(folder)))


def suites(steps: Sequence[Step]) -> Iterator[str]:
    """Yield a sentence for each suite that is none of the course's."""
    for step in steps:
        for file in step.foreign:
            where = file.relative_to(step.root).as_posix()
            yield f"{where} is none of the course's suites: it is left alone."


def _own(folder: Path) -> list[Path]:
    """Return the files of a folder that the course has there, whether they exist or not."""
    names = [suite.name.removeprefix("test_") for suite in _files(folder, "test_*.py")]
    return [folder / name for name in (*names, *(f"test_{n}" for n in names), "conftest.py")]


def _files(folder: Path, pattern: str = "*") -> list[Path]:
    try:
        return sorted(file for file in folder.glob(pattern) if file.is_file())
    except OSError:
        return []


def _likeness(exercise: Exercise, file: Path) -> float:
    """Return from 0 to 1 how alike a file's name is to the exercise's."""
    name = unicodedata.normalize("NFC", file.name).casefold()
    stem = name.partition(".")[0].replace(" ", "_").replace("-", "_").strip("_")
    if stem == exercise.name or exercise.name in stem:
        return 1.0 if ".py" in name else 0.9
    return difflib.SequenceMatcher(None, stem, exercise.name).ratio() if ".py" in name else 0.0


def _others(exercise: Exercise) -> list[Path]:
    """Return the folders into which a file may have been moved by mistake."""
    home = exercise.root / "exercises"
    steps = sorted(path for path in home.glob("step*") if path != exercise.file.parent)
    inner = sorted(path for path in exercise.file.parent.glob("*") if path.is_dir())
    return [*inner, home, exercise.root, *steps]
