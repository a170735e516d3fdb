"""The learner's lines: of a traceback, of a task that waits, of a function.

Lines of other files are left out, except the line of a suite's assertion.
"""

from __future__ import annotations

import asyncio
import functools
import gc
import inspect
import linecache
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from traceback import walk_tb
from types import CodeType, FrameType, TracebackType
from typing import Any, TypeVar

from workshop.course import ROOT
from workshop.report import FROM_COURSE, TRACEBACK_LIMIT, Line
from workshop.report.comparison import exception_text

LEARNER_TREES = ("exercises", "solutions", "steps")
ASSIGNMENT_REACH = 6
"""Lines above an assertion that are searched for the assignment of its value."""
F = TypeVar("F", bound=Callable[..., Any])
_inner_calls: set[CodeType] = set()
"""The code of the functions that `inner_call` has marked."""


def lines_of(error: BaseException | None, start: int = 0) -> tuple[Line, ...]:
    """Return the learner's lines that an exception passed, the last `TRACEBACK_LIMIT` of them.

    The first `start` frames are left out.

    For a syntax error that is the line that cannot be read; for a coroutine that nobody awaited,
    the line that made it.
    """
    if error is None:
        return ()
    if isinstance(error, SyntaxError) and error.filename:
        line = line_at(error.filename, error.lineno or 1)
        if line and "encoding" in error.msg:  # the source that is remembered could be read
            line = replace(line, code=(error.text or "").strip())
        return (line,) if line else ()
    passed = tuple(_passed_lines(error.__traceback__, start))
    return passed[-TRACEBACK_LIMIT:] or tuple(_quoted_lines(exception_text(error)))


def inner_call(function: F) -> F:
    """Mark the function by which the recorder calls a handler or a middleware; return it.

    In a traceback it stands between a middleware and what the middleware calls.
    """
    _inner_calls.add(function.__code__)
    return function


def lines_inside(error: BaseException) -> tuple[Line, ...]:
    """Return the learner's lines that an exception passed, the most telling last.

    Middlewares that only waited for what is further in are left out. The learner's own lines
    come after those of a step that they call.
    """
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    between = [at for at, frame in enumerate(frames) if frame.f_code in _inner_calls]
    lines = lines_of(error, start=between[-1] + 1 if between else 0)
    return tuple(sorted(lines, key=lambda line: not line.file.startswith(FROM_COURSE)))


def innermost_file(error: BaseException) -> str:
    """Return the file of the innermost line that is the learner's or a suite's; "" for neither."""
    names = [frame.f_code.co_filename for frame, _ in walk_tb(error.__traceback__)]
    return next((name for name in reversed(names) if _tree_path(name)), "")


def flattened(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, those it groups and those that caused it."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from flattened(part)
    if error.__cause__ is not None:
        yield from flattened(error.__cause__)


def definition_line(function: object) -> Line | None:
    """Return the line on which a function or class of the learner's begins, or None."""
    while isinstance(function, functools.partial):
        function = function.func
    inner = inspect.unwrap(function) if callable(function) else None
    code = getattr(inner, "__code__", None)
    if isinstance(code, CodeType):
        return _def_line(code.co_filename, code.co_firstlineno, code.co_name)
    if isinstance(inner, type):
        methods = (getattr(value, "__code__", None) for value in vars(inner).values())
        first = next((code for code in methods if isinstance(code, CodeType)), None)
        return _class_line(first, inner.__name__) if first else None
    return None


def line_at(filename: str, number: int, function: str = "") -> Line | None:
    """Return a line of one of the learner's files by its number, or None for any other file."""
    name = course_path(filename)
    if name is None:
        return None
    return Line(name, number, function, linecache.getline(filename, number).strip())


def raising_frame(error: BaseException) -> tuple[FrameType | None, int]:
    """Return the frame in which an exception arose and the line's number; (None, 0) for none."""
    return next(reversed(list(walk_tb(error.__traceback__))), (None, 0))


def raising_source(error: BaseException | None) -> str:
    """Return the line on which an exception arose, in whatever file; "" for none."""
    frame, number = raising_frame(error) if error else (None, 0)
    if frame is None:
        return ""
    return linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()


def assertion_source(error: BaseException | None) -> str:
    """Return the source of an assertion: its line, after the line that assigns its value."""
    line = raising_source(error)
    named = re.match(r"assert (\w+) (?:==|in)", line)
    frame, number = raising_frame(error) if error else (None, 0)
    for at in range(number - 1, max(number - ASSIGNMENT_REACH, 0), -1):
        before = linecache.getline(frame.f_code.co_filename, at) if frame else ""
        if named and re.match(rf"\s*{named[1]} = ", before):
            return f"{before.strip()}\n{line}"
    return line


def defining_line(name: str, filename: str) -> Line | None:
    """Return the line of one of the learner's files that makes a name of its module, or None."""
    made = re.compile(rf"(?:async\s+)?(?:def|class)\s+{name}\b|{name}\s*(?::[^=]+)?=(?!=)")
    for number, code in enumerate(linecache.getlines(filename), 1):
        if made.match(code):
            return line_at(filename, number)
    return None


def creation_lines(what: object) -> Iterator[Line]:
    """Yield the learner's lines that created a coroutine, outermost first, if Python has them."""
    origin = what.cr_origin if inspect.iscoroutine(what) else None
    for filename, number, function in reversed(origin or ()):
        if line := line_at(filename, number, function):
            yield line


def waiting_at(task: asyncio.Task[object]) -> Iterator[Line]:
    """Yield the learner's lines at which a task waits, innermost last."""
    for frame in suspended_frames(task):
        code = frame.f_code
        if line := line_at(code.co_filename, frame.f_lineno, code.co_name):
            yield line


def suspended_frames(task: asyncio.Task[object]) -> Iterator[FrameType]:
    """Yield the frames of the coroutines in which a task waits, innermost last."""
    coroutine: object = task.get_coro()
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "ag_frame", None)
        if frame is not None:
            yield frame
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "ag_await", None)
        if type(coroutine).__name__.startswith("async_generator_"):  # one step, not the whole
            coroutine = next(filter(inspect.isasyncgen, gc.get_referents(coroutine)), None)


def course_path(filename: str) -> str | None:
    """Return a learner's file relative to the course, or None for any other file, suites too."""
    path = _tree_path(filename)
    return path.as_posix() if path and not path.name.startswith("test_") else None


@functools.cache
def _tree_path(filename: str) -> Path | None:
    """Return the path of a file in one of the course's trees, relative to the course."""
    try:
        path = Path(filename).relative_to(ROOT)
    except ValueError:
        return None
    return path if path.parts[:1] and path.parts[0] in LEARNER_TREES else None


def _passed_lines(traceback: TracebackType | None, skip: int = 0) -> Iterator[Line]:
    at = 0
    while traceback:
        code = traceback.tb_frame.f_code
        if at >= skip and (name := course_path(code.co_filename)):
            number = traceback.tb_lineno
            raw = linecache.getline(code.co_filename, number)
            start, end = _columns(code, traceback.tb_lasti, raw)
            yield Line(name, number, code.co_name, raw.strip(), start, end)
        traceback, at = traceback.tb_next, at + 1


def _columns(code: CodeType, instruction: int, raw: str) -> tuple[int, int]:
    """Return which part of a stripped line an instruction stands for; (0, 0) is all of it."""
    position = next(islice(code.co_positions(), instruction // 2, None), (None,) * 4)
    first, last, left, right = position
    if first is None or first != last or left is None or right is None:
        return 0, 0
    indent = len(raw) - len(raw.lstrip())
    start, end = (len(raw.encode()[:at].decode(errors="replace")) - indent for at in (left, right))
    return (start, end) if 0 <= start < end < len(raw.strip()) or start > 0 else (0, 0)


def _quoted_lines(text: str) -> Iterator[Line]:
    """Yield the learner's lines in a text that quotes a stack, as Python does for coroutines."""
    for filename, number in re.findall(r'File "(.+?)", line (\d+), in', text):
        if line := line_at(filename, int(number)):
            yield line


def _def_line(filename: str, number: int, function: str) -> Line | None:
    """Return the line with a function's name, below its decorators."""
    for at in range(number, number + 20 * (function != "<lambda>")):
        line = line_at(filename, at, function)
        if line is None or re.match(r"(async\s+)?def\s|class\s", line.code):
            return line
    return line_at(filename, number, function)


def _class_line(method: CodeType, owner: str) -> Line | None:
    """Return the line of the class that a method stands in."""
    for at in range(method.co_firstlineno, 0, -1):
        line = line_at(method.co_filename, at, owner)
        if line is None or re.match(rf"class\s+{owner}\b", line.code):
            return line
    return None
