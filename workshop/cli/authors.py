"""The commands new, stubs and tests, for authors of the course."""

from __future__ import annotations

import subprocess
import sys
from typing import NoReturn

import click

from workshop.cli import common
from workshop.course import ROOT, scaffold


@click.command()
@click.argument("topic")
def new(topic: str) -> None:
    """For authors: make the folders of the next step in all trees."""
    course, page = common.load_course(), common.page()
    made, to_write = scaffold.new_step(course, topic)
    for path in made:
        page.verbatim(f"made   {path.relative_to(course.root).as_posix()}/")
    for line in to_write:
        page.verbatim(f"write  {line}")


@click.command()
def stubs() -> None:
    """For authors: hand out the exercises as they are now (reset and the pages use these)."""
    course, page = common.load_course(), common.page()
    changed = scaffold.take_stubs(course)
    for path in changed:
        page.verbatim(f"taken  {path.relative_to(course.root).as_posix()}")
    page.line(f"{len(changed)} of {len(course.exercises)} were new or changed.")


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--all", "everything", is_flag=True, help="Run the slow tests and all samples, too.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def tests(everything: bool, arguments: tuple[str, ...]) -> NoReturn:
    """For authors: test the course (nox -s tests, in this environment).

    Runs style, types, the engine, every step, every solution, the site and a sample of the answers.
    """
    words = [sys.executable, "-m", "nox", "--no-venv", "-s", "tests", "--"]
    words += [*["--all"] * everything, *arguments]
    sys.exit(subprocess.call(words, cwd=ROOT))  # noqa: S603 - our own program
