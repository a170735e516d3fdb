"""The course's own path may hold whatever a path may: a verdict does not change with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workshop.course import Course, Exercise, Step, copy_to
from workshop.report import Outcome
from workshop.runner import checker
from workshop.runner.pool import WorkerPool
from workshop.tests.polling import TIMEOUT, wait_until

NAMES = [
    "courses [2026]",
    "[a] $HOME",
    "dollar $HOME ${PATH}",
    "50% %TEMP% %s {0}",
    "it's ~ # ; & ! @ =",
    "Kürs łódź 日本 🦉",
    *([] if os.name == "nt" else ["a::b", 'quoted "x" \\ ? * | <y>', "-rf", "line\nend"]),
]


def course_in(folder: Path, *steps: str) -> Path:
    """A copy of these steps in a folder."""
    trees = ("workshop", "exercises", "solutions", "steps")
    return copy_to(folder, trees=trees, steps=steps, without=("answers", "hostile")).root


@pytest.mark.sampled(table="a check in a folder of any name")
@pytest.mark.parametrize("name", NAMES)
async def test_a_check_in_a_folder_of_any_name(name: str, tmp_path: Path):
    """pytest reads brackets, colons and variables in what it is called with."""
    root = course_in(tmp_path / name / "course", "step01_hello")
    exercise = Exercise(root, "step01_hello", "plain_text")
    report = await checker.check(exercise, exercise.solution, checker.Limits(20))
    assert report.passed, report.message
    report = await checker.check(exercise, exercise.stub, checker.Limits(20))
    assert [check.outcome for check in report.checks] == [Outcome.FAILED] * 3


@pytest.mark.slow
async def test_tests_are_judged_there(tmp_path: Path):
    """Step 08 starts a pytest of its own."""
    root = course_in(tmp_path / "[a] :: $HOME", "step08_tests")
    exercise = Exercise(root, "step08_tests", "logins")
    report = await checker.check(exercise, exercise.solution, checker.Limits(60))
    assert report.passed, (report.message, report.first_trouble)


async def test_a_spare_rehearses_there(tmp_path: Path):
    """It is collected before anybody asks."""
    root = course_in(tmp_path / "[a] $HOME", "step01_hello")
    exercise = Exercise(root, "step01_hello", "plain_text")
    async with WorkerPool(Course(root, (Step(root, exercise.step),)), size=1) as pool:
        pool.expect(exercise)
        await wait_until(pool.is_full)
        report = await pool.check(exercise, exercise.solution, checker.Limits(TIMEOUT))
        assert report.passed, report.message
        assert pool.cold_starts == 0
