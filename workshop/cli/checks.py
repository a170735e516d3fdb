"""The commands check, list and hint: reports, progress and hints in the terminal."""

from __future__ import annotations

import asyncio
import json
import sys

import click

from workshop.cli import common
from workshop.course import CourseError, misplaced
from workshop.report import Report, encode
from workshop.runner import checker
from workshop.terminal import lists
from workshop.terminal.glyphs import without_stress
from workshop.terminal.report_text import ReportWriter


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Go on after one that did not pass.")
@click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON, one a line.")
@click.option("--seconds", type=float, help="The deadline of one exercise, mostly 5.")
@click.option("--stub", is_flag=True, help="Check the file as it was handed out, not yours.")
@click.option("--solution", is_flag=True, help="Check the solution, not your file.")
def check(
    names: tuple[str, ...],
    everything: bool,
    as_json: bool,
    seconds: float | None,
    stub: bool,
    solution: bool,
) -> None:
    """Check an exercise, a whole step, or (without a NAME) the one that is next."""
    course, terminal = common.load_course(), ReportWriter()
    progress = common.progress(course.root)
    if seconds is not None and seconds <= 0:
        raise CourseError("--seconds takes a number above 0.")
    chosen = [exercise for name in names for exercise in course.select(name)]
    if not names:
        next_exercise = progress.next_open(course.exercises)
        chosen = [next_exercise] if next_exercise else list(course.exercises)
    limits = checker.Limits(seconds) if seconds else None
    last: Report | None = None
    passed = True
    for exercise in chosen:
        if warning := misplaced.hiding_beside(exercise):
            common.warn(warning)
        source = exercise.stub if stub else exercise.solution if solution else None
        last = asyncio.run(checker.check(exercise, source, limits))
        passed = passed and last.passed
        if source is None:
            with common.saving_progress(progress):
                progress.record(exercise, last)
        if as_json:
            click.echo(json.dumps(encode(last)))  # ASCII: any console can show it
            continue
        taken = progress.entry(exercise).hints if source is None else {}
        terminal.report(last, exercise, taken, brief=last.passed and len(chosen) > 1)
        if not (last.passed or everything):
            break
    if last and not as_json:
        terminal.next_action(last, course, progress)
    sys.exit(0 if passed else 1)


@click.command("list")
def list_() -> None:
    """List all exercises, and what is done."""
    course = common.load_course()
    lists.write_exercises(common.page(), course, common.progress(course.root))


@click.command()
@click.argument("name", required=False)
def hint(name: str | None) -> None:
    """Give one more hint for the first check that does not pass; NAME as for check."""
    course, page = common.load_course(), common.page()
    progress = common.progress(course.root)
    exercise = common.select_one(name) if name else progress.next_open(course.exercises)
    if exercise is None:
        page.line("You have done every exercise: no hint is needed.")
        return
    report = progress.last_report(exercise)
    if report is None or report.passed or not report.checks:
        report = asyncio.run(checker.check(exercise))
        with common.saving_progress(progress):
            progress.record(exercise, report)
    failed = report.first_trouble
    if failed is None:
        if not report.passed:
            raise CourseError(f"{exercise.key} was not checked. {report.message}")
        page.line(f"{exercise.key} has passed: no hint is needed.")
        return
    sentence = without_stress(failed.sentence)
    page.line(sentence if name else f"{exercise.key}: {sentence}")
    if not failed.hints:
        page.line(f"There is no hint for this check. Its suite says all: {exercise.suite.name}")
        return
    with common.saving_progress(progress):
        progress.take_hint(exercise, failed.name, len(failed.hints))
    taken = progress.entry(exercise).hints[failed.name]
    for number, sentence in enumerate(failed.hints[:taken], 1):
        page.verbatim(f"{number} of {len(failed.hints)}: {without_stress(sentence)}", indent=2)
    if taken == len(failed.hints):
        page.line("That was the last one. To see the solution:")
        page.verbatim(f"python -m workshop solution {exercise.name} --spoil", indent=2)
