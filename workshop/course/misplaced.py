"""Misplaced and misnamed files in the folders of the exercises, and files that hide a module."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from workshop.course import Exercise, Step
from workshop.preflight import hidden

MIN_SIMILARITY = 0.75
"""The least similarity of a name to that of the missing file, from 0 to 1."""


def misnamed(exercise: Exercise) -> str:
    """Return a sentence about a file that is probably the missing one; "" where there is none.

    It finds capital letters, a second suffix, " (1)" of a download, another folder.
    """
    known = {file.name for file in _own(exercise.file.parent)}
    beside = [file for file in _files(exercise.file.parent) if file.name not in known]
    near = sorted(beside, key=lambda file: _similarity(exercise, file), reverse=True)
    if near and _similarity(exercise, near[0]) >= MIN_SIMILARITY:
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
    """Return a sentence about a file in the course's folder that hides a module; "" for none.

    No check can run while there is one. In the exercise's folder such a file does no harm.
    """
    return hidden(str(exercise.root))


def hiding_beside(exercise: Exercise) -> str:
    """Return a sentence about a file in the exercise's folder that hides a module; "" for none."""
    folder = exercise.file.parent
    if not folder.is_dir():
        return ""
    return hidden(str(folder), tuple(file.stem for file in _own(folder)))


def suites(steps: Sequence[Step]) -> Iterator[str]:
    """Yield a sentence for each file with the name of a suite that is not the course's."""
    for step in steps:
        for file in step.foreign:
            where = file.relative_to(step.root).as_posix()
            yield f"{where} is none of the course's suites: it is left alone."


def _own(folder: Path) -> list[Path]:
    """Return the paths of the course's files in a folder, whether they exist or not."""
    names = [suite.name.removeprefix("test_") for suite in _files(folder, "test_*.py")]
    return [folder / name for name in (*names, *(f"test_{n}" for n in names), "conftest.py")]


def _files(folder: Path, pattern: str = "*") -> list[Path]:
    try:
        return sorted(file for file in folder.glob(pattern) if file.is_file())
    except OSError:
        return []


def _similarity(exercise: Exercise, file: Path) -> float:
    """Return the similarity of a file's name to the exercise's, from 0 to 1."""
    name = unicodedata.normalize("NFC", file.name).casefold()
    stem = name.partition(".")[0].replace(" ", "_").replace("-", "_").strip("_")
    if stem == exercise.name or exercise.name in stem:
        return 1.0 if ".py" in name else 0.9
    return difflib.SequenceMatcher(None, stem, exercise.name).ratio() if ".py" in name else 0.0


def _others(exercise: Exercise) -> list[Path]:
    """Return the other folders that may have the file by mistake."""
    home = exercise.root / "exercises"
    steps = sorted(path for path in home.glob("step*") if path != exercise.file.parent)
    inner = sorted(path for path in exercise.file.parent.glob("*") if path.is_dir())
    return [*inner, home, exercise.root, *steps]
