"""watch: the screen that shows a verdict at every save."""

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
    found = common.found()
    if not found.exercises:
        raise CourseError(f"There are no exercises in {found.root / 'exercises'}.")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_watch(found, name, plain or not _able()))


def _able() -> bool:
    """Say whether this is a terminal on which a screen can be painted, and keys be read."""
    terminals = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return terminals and os.environ.get("TERM") != "dumb"


async def _watch(found: Course, name: str | None, plain: bool) -> None:
    """Watch until the learner leaves; raises CourseError for a name that there is not."""
    from workshop.runner.pool import WorkerPool
    from workshop.terminal.watch_state import WatchState, find_exercise, initial_exercise
    from workshop.workspace.session import CourseSession

    async with (
        WorkerPool(found) as pool,
        CourseSession(found, pool.check, pool.expect) as session,
    ):
        choose = functools.partial(find_exercise, name=name) if name else initial_exercise
        watched = WatchState(session, choose(found, session.progress))
        if plain:
            from workshop.terminal.plain import PlainView

            await PlainView(watched).run()
            return
        from workshop.terminal.tui import WatchScreen

        with _errors_later():
            await WatchScreen(watched).run()
    if watched.report:
        ReportWriter().report(watched.report, watched.exercise, {}, brief=True)


@contextlib.contextmanager
def _errors_later() -> Iterator[None]:
    """Keep what is written to standard error until the screen is gone: it would paint over it."""
    kept = io.StringIO()
    try:
        with contextlib.redirect_stderr(kept):
            yield
    finally:
        sys.stderr.write(kept.getvalue())
