"""The command watch: a screen that shows the report after every save."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import io
import os
import sys
from collections.abc import Iterator

import click

from workshop.cli import common
from workshop.course import Course, CourseError
from workshop.terminal.report_text import ReportWriter


@click.command()
@click.argument("name", required=False)
@click.option("--plain", is_flag=True, help="Only add lines: for screen readers, for a log.")
def watch(name: str | None, plain: bool) -> None:
    """Show an exercise's verdict whenever you save; keys give hints and more.

    Without a NAME it is the one that you worked on last, or the next one.
    """
    course = common.load_course()
    if not course.exercises:
        raise CourseError(f"There are no exercises in {course.root / 'exercises'}.")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_watch(course, name, plain or not _can_draw()))


def _can_draw() -> bool:
    """Whether standard input and output are a terminal that can place the cursor."""
    terminals = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return terminals and os.environ.get("TERM") != "dumb"


async def _watch(course: Course, name: str | None, plain: bool) -> None:
    """Watch until the learner quits; raises CourseError for an unknown name."""
    from workshop.runner.pool import WorkerPool
    from workshop.terminal.watch_state import WatchState, find_exercise, initial_exercise
    from workshop.workspace.session import CourseSession

    async with (
        WorkerPool(course) as pool,
        CourseSession(course, pool.check, pool.expect) as session,
    ):
        choose = functools.partial(find_exercise, name=name) if name else initial_exercise
        watched = WatchState(session, choose(course, session.progress))
        if plain:
            from workshop.terminal.plain import PlainView

            await PlainView(watched).run()
            return
        from workshop.terminal.tui import WatchScreen

        with _stderr_held_back():
            await WatchScreen(watched).run()
    if watched.report:
        ReportWriter().report(watched.report, watched.exercise, {}, brief=True)


@contextlib.contextmanager
def _stderr_held_back() -> Iterator[None]:
    """Buffer standard error inside the block, where the screen would overwrite it."""
    held = io.StringIO()
    try:
        with contextlib.redirect_stderr(held):
            yield
    finally:
        sys.stderr.write(held.getvalue())
