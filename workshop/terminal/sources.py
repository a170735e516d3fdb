"""Files as text: what differs between two of them, a solution beside the learner's."""

from __future__ import annotations

import difflib
from pathlib import Path

from workshop.course import Exercise
from workshop.terminal.page import Page


def difference(page: Page, old: Path, new: Path, old_name: str, new_name: str) -> None:
    """Write what differs between two files; one that is not there counts as empty."""
    before, after = (
        path.read_text("utf-8", "replace").splitlines() if path.exists() else []
        for path in (old, new)
    )
    text = "\n".join(difflib.unified_diff(before, after, old_name, new_name, lineterm=""))
    if text:
        page.code(text, "diff")
    else:
        page.line(f"{new_name}: no difference to {old_name}.")


def solution(page: Page, exercise: Exercise) -> None:
    """Write the solution of an exercise, and how the learner's file differs from it."""
    page.code(exercise.solution.read_text("utf-8"), "python")
    if exercise.file.exists():
        difference(page, exercise.file, exercise.solution, "yours", "solution")
