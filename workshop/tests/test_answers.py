"""The suites test behaviour: other right answers pass, answers with typical mistakes fail.

The docstring of a wrong answer names the check that fails (`check:`) and words of the report
(`says:`).

One process runs many answers. The checker runs the first answer of each kind in a process of its
own, and every answer with an unexpected result, because an earlier answer may have caused it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from workshop import course
from workshop.course import Exercise
from workshop.course.answers import read_answer, read_answers, write_answer
from workshop.report import Check, Outcome
from workshop.runner import checker
from workshop.tests.submissions_runner import files_of_group, row_group, run_files

COURSE = course.discover()
LIMITS = checker.Limits(seconds=15)


def answers(kind: str) -> list[object]:
    """Return exercise, file, and whether it is the first, for each answer of a kind."""
    return [
        pytest.param(
            *(exercise, file, at == 0),
            id=f"{exercise.key}/{file.stem}",
            marks=[row_group("answers", number), pytest.mark.sampled],
        )
        for number, exercise in enumerate(COURSE.exercises)
        for at, file in enumerate(sorted(exercise.answers.glob(f"{kind}_*.py")))
    ]


@pytest.fixture(scope="session")
def results() -> dict[Path, list[Check]]:
    """The checks of answers by file; all files of an xdist group run at once."""
    return {}


@pytest.fixture
def checks(
    request: pytest.FixtureRequest, results: dict[Path, list[Check]], file: Path
) -> list[Check]:
    """The checks of an answer; an empty list if the answer ended its process."""
    if file not in results:
        results |= {other: [] for other in files_of_group(request)} | run_files(
            files_of_group(request)
        )
    return results[file]


def docstring(text: str) -> str:
    """Return the docstring of an answer."""
    return ast.get_docstring(ast.parse(text)) or ""


def words(check: Check) -> str:
    """Return all texts of a check that a learner reads."""
    advice = f"{check.advice.sentence} {check.advice.action}" if check.advice else ""
    server = check.exchanges[-1].server if check.exchanges else None
    return f"{check.sentence} {check.message} {advice} {server.error if server else ''}"


@pytest.mark.parametrize("exercise", [pytest.param(e, id=e.key) for e in COURSE.exercises])
def test_there_are_enough_answers(exercise: Exercise):
    """Every exercise has at least three right and three wrong answers, each with a docstring."""
    found = read_answers(exercise)
    assert sum(name.startswith("right_") for name in found) >= 3
    assert sum(name.startswith("wrong_") for name in found) >= 3
    assert all(name.startswith(("right_", "wrong_")) for name in found)
    assert all(map(docstring, found.values()))


@pytest.mark.parametrize(("exercise", "file", "first"), answers("right"))
async def test_another_right_answer_passes(
    exercise: Exercise, file: Path, first: bool, checks: list[Check], tmp_path: Path
):
    """Every right answer passes all checks, however it is written."""
    if first or not passes(exercise, checks):
        written = write_answer(exercise, file.stem, tmp_path)
        report = await checker.check(exercise, written, LIMITS)
        assert report.passed, report.message or report.first_trouble


def passes(exercise: Exercise, checks: Sequence[Check]) -> bool:
    """Return whether every check of an exercise ran and passed."""
    names = {check.name.partition("[")[0] for check in checks}
    return names == {q.name for q in exercise.questions} and all(c.passed for c in checks)


@pytest.mark.parametrize(("exercise", "file", "first"), answers("wrong"))
async def test_a_wrong_answer_is_rejected(
    exercise: Exercise, file: Path, first: bool, checks: list[Check], tmp_path: Path
):
    """Every wrong answer fails the check that it names, with the words that it names."""
    labels = docstring(read_answer(exercise, file.stem))
    name = re.search(r"^check: *(\w+)$", labels, re.MULTILINE)
    says = re.search(r"^says: *(.+)$", labels, re.MULTILINE)
    assert name, f"{file.name} does not say which check rejects it"
    assert says, f"{file.name} does not say what the learner reads"
    wanted = says[1].strip('"').lower()
    if not first and wanted in " ".join(map(words, rejecting(checks, name[1]))).lower():
        return
    report = await checker.check(exercise, write_answer(exercise, file.stem, tmp_path), LIMITS)
    (check,) = rejecting(report.checks, name[1])
    read = words(check)
    if report.advice:
        read += f" {report.message} {report.advice.sentence} {report.advice.action}"
    assert wanted in read.lower(), read


def rejecting(checks: Sequence[Check], name: str) -> list[Check]:
    """Return the checks of this name that did not pass."""
    return [
        check
        for check in checks
        if check.name.partition("[")[0] == name and check.outcome is not Outcome.PASSED
    ]
