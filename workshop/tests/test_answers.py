"""A suite asks for behaviour: other right answers pass, typical wrong ones do not.

A wrong answer's docstring names the check that rejects it (`check:`) and words that the
learner reads then (`says:`).
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from workshop import checker, course
from workshop.course import Exercise
from workshop.report import Check, Outcome

COURSE = course.discover()
LIMITS = checker.Limits(seconds=15)


def answers(kind: str) -> list[object]:
    """Return an exercise and a file for each answer of a kind."""
    return [
        pytest.param(exercise, file, id=f"{exercise.key}/{file.stem}")
        for exercise in COURSE.exercises
        for file in sorted(exercise.answers.glob(f"{kind}_*.py"))
    ]


def docstring(file: Path) -> str:
    """Return what an answer says of itself."""
    return ast.get_docstring(ast.parse(file.read_bytes())) or ""


def words(check: Check) -> str:
    """Return all that a learner reads of a check."""
    advice = f"{check.advice.sentence} {check.advice.action}" if check.advice else ""
    server = check.exchanges[-1].server if check.exchanges else None
    return f"{check.sentence} {check.message} {advice} {server.error if server else ''}"


@pytest.mark.parametrize("exercise", [pytest.param(e, id=e.key) for e in COURSE.exercises])
def test_there_are_enough_answers(exercise: Exercise):
    """Three right ones and three wrong ones, at least, each saying what it is."""
    files = sorted(exercise.answers.glob("*.py"))
    assert sum(file.name.startswith("right_") for file in files) >= 3
    assert sum(file.name.startswith("wrong_") for file in files) >= 3
    assert all(file.name.startswith(("right_", "wrong_")) for file in files)
    assert all(docstring(file) for file in files)


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "file"), answers("right"))
async def test_another_right_answer_passes(exercise: Exercise, file: Path):
    """Whichever way it is written."""
    report = await checker.check(exercise, file, LIMITS)
    assert report.passed, report.message or report.first_trouble


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "file"), answers("wrong"))
async def test_a_wrong_answer_is_rejected(exercise: Exercise, file: Path):
    """By the check that it names, with the words that it names."""
    name = re.search(r"^check: *(\w+)$", docstring(file), re.MULTILINE)
    says = re.search(r"^says: *(.+)$", docstring(file), re.MULTILINE)
    assert name, f"{file.name} does not say which check rejects it"
    assert says, f"{file.name} does not say what the learner reads"
    report = await checker.check(exercise, file, LIMITS)
    (check,) = (c for c in report.checks if c.name.partition("[")[0] == name[1])
    assert check.outcome is not Outcome.PASSED
    read = words(check)
    if report.advice:
        read += f" {report.message} {report.advice.sentence} {report.advice.action}"
    assert says[1].strip('"').lower() in read.lower(), read
