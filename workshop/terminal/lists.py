"""Lists as text: exercises and what is done, the doctor's findings, diffs, a solution."""

from __future__ import annotations

import difflib
from pathlib import Path

from workshop.apps.doctor import Finding
from workshop.course import Course, Exercise, Step
from workshop.report import Outcome
from workshop.terminal.glyphs import COLOURS, OPEN, SIGNS
from workshop.terminal.page import Page
from workshop.workspace.progress import Progress

TABLE = 60
"""The width in columns from which on the list is a table."""


def write_exercises(page: Page, course: Course, progress: Progress) -> None:
    """Write every exercise with its progress."""
    for step in course.steps:
        write_step(page, step)
        for exercise in step.exercises:
            write_exercise(page, exercise, course, progress)
    now = sum(map(progress.passes, course.exercises))
    before = sum(map(progress.done, course.exercises)) - now
    page.blank()
    page.line(f"{now} of {len(course.exercises)} exercises done.")
    if before:
        page.line(f"{before} more passed before; the file is another one now.")


def write_step(page: Page, step: Step) -> None:
    """Write a step's line of the list."""
    page.line((f"{step.label} {step.slug}", "bold"), indent=2)


def write_exercise(page: Page, exercise: Exercise, course: Course, progress: Progress) -> None:
    """Write an exercise's line of the list."""
    wide = page.width >= TABLE
    width = max(len(e.name) for e in course.exercises) + 2 if wide else 0
    done = progress.passes(exercise)
    before = ", passed before" if progress.done(exercise) and not done else ""
    page.line(
        (SIGNS[Outcome.PASSED] if done else OPEN, "green" if done else "dim"),
        f" {exercise.name + '  ':<{width}}{exercise.title}  ",
        (f"{exercise.minutes} min, {exercise.when}{before}", "dim"),
        indent=2,
        hang=width + 2,
    )


def write_findings(page: Page, findings: list[Finding]) -> None:
    """Write the findings of the doctor, with a remedy for each problem."""
    width = max(len(finding.what) for finding in findings) + 2
    for finding in findings:
        outcome = Outcome.PASSED if finding.well else Outcome.BROKEN
        if finding.needed and not finding.well:
            outcome = Outcome.FAILED
        sign = (f"{SIGNS[outcome]} ", COLOURS[outcome])
        page.line(sign, f"{finding.what:<{width}}{finding.found}", hang=width + 2)
        if not finding.well:
            page.line(finding.remedy, indent=width + 2)
    ready = all(finding.well for finding in findings if finding.needed)
    page.blank()
    page.line("Ready." if ready else "Not ready yet: see the lines above.")


def write_diff(page: Page, old: Path, new: Path, old_name: str, new_name: str) -> None:
    """Write the unified diff of two files; a missing file counts as empty."""
    before, after = (
        path.read_text("utf-8", "replace").splitlines() if path.exists() else []
        for path in (old, new)
    )
    text = "\n".join(difflib.unified_diff(before, after, old_name, new_name, lineterm=""))
    if text:
        page.code(text, "diff")
    else:
        page.line(f"{new_name}: no difference to {old_name}.")


def write_solution(page: Page, exercise: Exercise) -> None:
    """Write the solution of an exercise, and the diff from the learner's file to it."""
    page.code(exercise.solution.read_text("utf-8"), "python")
    if exercise.file.exists():
        write_diff(page, exercise.file, exercise.solution, "yours", "solution")
