"""What the commands share: the course, one of its exercises, errors as sentences."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from workshop.course import Course, CourseError, Exercise, discover, misplaced
from workshop.terminal.page import Page
from workshop.workspace.progress import Progress


class Commands(click.Group):
    """Shows errors of the course as sentences, and lists the commands in the order of use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names as they were added."""
        return list(self.commands)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Read the command line; what is wrong with it is told by a sentence."""
        with _sentences():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what is wrong with the course or the call is told by a sentence."""
        with _sentences():
            return super().invoke(ctx)


@contextlib.contextmanager
def _sentences() -> Iterator[None]:
    """Turn errors of the course and of the call into `Trouble`, which any console can show."""
    try:
        yield
    except CourseError as error:
        raise Trouble(str(error)) from error
    except click.UsageError as error:
        usage = f"{error.ctx.get_usage()}\n" if error.ctx else ""
        raise Trouble(f"{usage}{error.format_message()}") from error


class Trouble(click.ClickException):
    """The course or the call is wrong."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence to standard error."""
        warn(self.format_message())


def page() -> Page:
    """Return what writes to standard output."""
    return Page(Console(highlight=False))


def warn(text: str) -> None:
    """Print a text to standard error."""
    Page(Console(stderr=True, highlight=False)).lines(text)


def found() -> Course:
    """Return the course that the commands are about."""
    course = discover()
    for sentence in misplaced.suites(course.steps):
        warn(sentence)
    return course


def progress(root: Path) -> Progress:
    """Return the learner's progress in a course; what is wrong with its file is told."""
    read = Progress(root)
    if read.notice:
        warn(read.notice)
    return read


@contextlib.contextmanager
def noting(progress: Progress) -> Iterator[None]:
    """Write progress inside the block; where that fails it is told, and nothing else is lost."""
    try:
        yield
    except OSError as error:
        if not progress.notice:  # once is enough
            progress.notice = progress.unwritten(error)
            warn(progress.notice)


def one(name: str) -> Exercise:
    """Return the exercise that a name means; raises CourseError for a whole step."""
    chosen = found().select(name)
    if len(chosen) > 1 and chosen[0].name != name.rpartition("/")[2].removesuffix(".py"):
        names = ", ".join(exercise.name for exercise in chosen)
        raise CourseError(f'"{name}" is a whole step. Name one exercise: {names}.')
    return chosen[0]
