"""diff, solution, reset: the learner's file beside the original and the solution."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from workshop.commands import common
from workshop.course import CourseError
from workshop.progress import Progress, write


@click.command()
@click.argument("name")
def diff(name: str) -> None:
    """Show what you changed in an exercise, or what a step changed since the last one."""
    found = common.found()
    try:
        step = found.step(name)
    except CourseError:
        exercise = common.one(name)
        _show_diff(exercise.stub, exercise.file, "as handed out", "yours")
        return
    before = found.before(step)
    if before is None:
        raise CourseError(f"{step.label} is the first step: there is nothing before it.")
    for path in sorted({*before.files, *step.files}):
        _show_diff(
            before.path / path, step.path / path, f"{before.label}/{path}", f"{step.label}/{path}"
        )


@click.command()
@click.argument("name")
@click.option("--spoil", is_flag=True, help="Show it before you have solved the exercise.")
def solution(name: str, spoil: bool) -> None:
    """Show the solution of an exercise that you have solved, and how yours differs."""
    exercise = common.one(name)
    if not (spoil or Progress(exercise.root).done(exercise)):
        raise CourseError(
            f"You have not solved {exercise.key} yet. A hint helps more than the solution: "
            f"python -m workshop hint {exercise.name}\n"
            f"To see the solution all the same: python -m workshop solution {exercise.name} --spoil"
        )
    common.page().code(exercise.solution.read_text("utf-8"), "python")
    if exercise.file.exists():
        _show_diff(exercise.file, exercise.solution, "yours", "solution")


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(name: str, yes: bool) -> None:
    """Bring the original of an exercise back; a copy of yours is kept."""
    exercise, page = common.one(name), common.page()
    shown = exercise.file.relative_to(exercise.root).as_posix()
    kept = None
    if exercise.file.exists():
        if exercise.file.read_bytes() == exercise.stub.read_bytes():
            page.line(f"{shown} is as it was handed out: nothing to do.")
            return
        if not yes:
            click.confirm(f"Replace {shown} by the original? A copy of yours is kept.", abort=True)
        kept = Progress(exercise.root).keep(exercise)
    write(exercise.file, exercise.stub.read_bytes())
    page.line(f"{shown} is as it was handed out.")
    if kept:
        page.whole(f"Yours is kept in {kept.relative_to(exercise.root).as_posix()}.")


def _show_diff(old: Path, new: Path, old_name: str, new_name: str) -> None:
    before, after = (
        path.read_text("utf-8", "replace").splitlines() if path.exists() else []
        for path in (old, new)
    )
    text = "\n".join(difflib.unified_diff(before, after, old_name, new_name, lineterm=""))
    if text:
        common.page().code(text, "diff")
    else:
        common.page().line(f"{new_name}: no difference to {old_name}.")
