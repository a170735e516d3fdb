"""The commands diff, solution and reset: compare or replace the learner's file."""

from __future__ import annotations

import click

from workshop import workspace
from workshop.cli import common
from workshop.course import CourseError
from workshop.terminal import lists
from workshop.terminal.report_text import path_of


@click.command()
@click.argument("name")
def diff(name: str) -> None:
    """Show what you changed in an exercise, or what a step changed since the last one."""
    course = common.load_course()
    try:
        step = course.step(name)
    except CourseError:
        exercise = common.select_one(name)
        lists.write_diff(common.page(), exercise.stub, exercise.file, "as handed out", "yours")
        return
    before = course.before(step)
    if before is None:
        raise CourseError(f"{step.label} is the first step: there is nothing before it.")
    for path in sorted({*before.files, *step.files}):
        lists.write_diff(
            common.page(),
            *(before.path / path, step.path / path),
            *(f"{before.label}/{path}", f"{step.label}/{path}"),
        )


@click.command()
@click.argument("name")
@click.option("--spoil", is_flag=True, help="Show it before you have solved the exercise.")
def solution(name: str, spoil: bool) -> None:
    """Show the solution of an exercise that you have solved, and how yours differs."""
    exercise = common.select_one(name)
    try:
        workspace.check_earned(exercise, common.progress(exercise.root), lambda: spoil)
    except workspace.UnearnedError as error:
        raise CourseError(
            f"{error}: python -m workshop hint {exercise.name}\n"
            f"To see the solution all the same: python -m workshop solution {exercise.name} --spoil"
        ) from error
    lists.write_solution(common.page(), exercise)


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(name: str, yes: bool) -> None:
    """Bring the original of an exercise back; a copy of yours is kept."""
    exercise, page = common.select_one(name), common.page()
    shown = path_of(exercise)
    if exercise.file.is_file():
        if exercise.file.read_bytes() == exercise.stub.read_bytes():
            page.line(f"{shown} is as it was handed out: nothing to do.")
            return
        if not yes:
            click.confirm(f"Replace {shown} by the original? A copy of yours is kept.", abort=True)
    kept = workspace.reset(exercise, common.progress(exercise.root))
    page.line(f"{shown} is as it was handed out.")
    if kept:
        page.verbatim(f"Yours is kept in {kept.relative_to(exercise.root).as_posix()}.")
