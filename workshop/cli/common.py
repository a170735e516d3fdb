"""Functions that all commands use: load the course, select an exercise, report errors."""

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


class CommandGroup(click.Group):
    """A group that reports errors as sentences, and lists its commands in the order of adding."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names as they were added."""
        return list(self.commands)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Parse the command line; raises CommandError."""
        with _errors_as_sentences():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; raises CommandError."""
        with _errors_as_sentences():
            return super().invoke(ctx)


@contextlib.contextmanager
def _errors_as_sentences() -> Iterator[None]:
    """Raise CommandError for an error of the course or of the call."""
    try:
        yield
    except CourseError as error:
        raise CommandError(str(error)) from error
    except click.UsageError as error:
        usage = f"{error.ctx.get_usage()}\n" if error.ctx else ""
        raise CommandError(f"{usage}{error.format_message()}") from error


class CommandError(click.ClickException):
    """An error of the course or of the call: a sentence, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence to standard error."""
        warn(self.format_message())


def page() -> Page:
    """Return a page that writes to standard output."""
    return Page(Console(highlight=False))


def warn(text: str) -> None:
    """Print a text to standard error."""
    Page(Console(stderr=True, highlight=False)).lines(text)


def load_course() -> Course:
    """Return the course; warn of misplaced suites. Raises CourseError where there is none."""
    course = discover()
    for sentence in misplaced.suites(course.steps):
        warn(sentence)
    return course


def progress(root: Path) -> Progress:
    """Return the learner's progress in a course; warn if its file cannot be read."""
    loaded = Progress(root)
    if loaded.notice:
        warn(loaded.notice)
    return loaded


@contextlib.contextmanager
def saving_progress(progress: Progress) -> Iterator[None]:
    """Write progress inside the block; warn once if that fails, and go on."""
    try:
        yield
    except OSError as error:
        if not progress.notice:  # once is enough
            progress.notice = progress.write_error_sentence(error)
            warn(progress.notice)


def select_one(name: str) -> Exercise:
    """Return the exercise with a name; raises CourseError for none, or a whole step."""
    exercises = load_course().select(name)
    if len(exercises) > 1 and exercises[0].name != name.rpartition("/")[2].removesuffix(".py"):
        names = ", ".join(exercise.name for exercise in exercises)
        raise CourseError(f'"{name}" is a whole step. Name one exercise: {names}.')
    return exercises[0]
