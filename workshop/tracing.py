"""The learner's lines in a traceback; everybody else's are left out."""

from __future__ import annotations

import asyncio
import linecache
import traceback
from collections.abc import Iterator
from pathlib import Path

from workshop.course import ROOT
from workshop.report import Line

LEARNERS = ("exercises", "solutions", "steps")


def lines_of(error: BaseException | None) -> tuple[Line, ...]:
    """Return the learner's lines that an exception passed, innermost last.

    For a syntax error that is the line that cannot be read.
    """
    if error is None:
        return ()
    found = tuple(_frames(error))
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        name = shown(error.filename)
        if name:
            found = (Line(name, error.lineno, "", (error.text or "").rstrip()),)
    return found


def _frames(error: BaseException) -> Iterator[Line]:
    for frame in traceback.extract_tb(error.__traceback__):
        name = shown(frame.filename)
        if name:
            yield Line(name, frame.lineno or 0, frame.name, (frame.line or "").strip())


def waiting_at(task: asyncio.Task[object]) -> Iterator[Line]:
    """Yield the learner's lines at which a task waits, innermost last."""
    coroutine: object = task.get_coro()
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "ag_frame", None)
        if frame is not None and (name := shown(frame.f_code.co_filename)):
            number = frame.f_lineno
            code = linecache.getline(frame.f_code.co_filename, number).strip()
            yield Line(name, number, frame.f_code.co_name, code)
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "ag_await", None)


def shown(filename: str) -> str | None:
    """Return a learner's file relative to the course, or None for any other file, suites too."""
    try:
        path = Path(filename).relative_to(ROOT)
    except ValueError:
        return None
    if path.parts[0] not in LEARNERS or path.name.startswith("test_"):
        return None
    return path.as_posix()
