"""What an exception comes from: which error first, lines, a function that was handed over."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from traceback import walk_tb
from types import CodeType, FrameType, ModuleType

from aiohttp import web

from workshop.evidence.difference import said
from workshop.evidence.tracing import line_at, lines_of, place_of, shown
from workshop.report import FROM_COURSE, Line

ASKED = "asked"
"""The name by which the fixtures hold the module that they take `create_app()` from."""
HOLDERS = ("handler", "m", "receiver", "callback", "cb")
"""Names by which aiohttp holds a function that it was given and cannot use."""
STORAGE = "storage"
"""The name by which aiohttp_session holds the object whose methods it awaits."""
CALLED = "called"
"""The name by which the server's half holds what it calls in aiohttp's place."""
BETWEEN = str(Path(__file__).with_name("serverhalf.py")), "_call"
"""File and name of the function that stands between a middleware and what is further in."""


def first_of(error: BaseException) -> BaseException:
    """Return the exception that was there first, where a later one only follows from it.

    A variable that has no value while an exception passes was to get it on the line that raised.
    """
    before = error.__context__
    if isinstance(error, UnboundLocalError) and isinstance(before, Exception):
        expected = error.__suppress_context__ or isinstance(before, web.HTTPException)
        return error if expected else before
    return error


def lines_inside(error: BaseException) -> tuple[Line, ...]:
    """Return the learner's lines that an exception passed, the most telling last.

    Middlewares that only waited for what is further in are left out. The learner's own lines
    come after those of a step that they call.
    """
    between = [at for at, frame in enumerate(_frames(error)) if _is_between(frame)]
    lines = lines_of(error, start=between[-1] + 1 if between else 0)
    return tuple(sorted(lines, key=lambda line: not line.file.startswith(FROM_COURSE)))


def in_library(error: BaseException, line: Line | None) -> bool:
    """Say whether an exception arose in something that a line called, not in the line itself."""
    frames = _frames(error)
    return bool(frames) and shown(_file(frames[-1])) != (line and line.file)


def called_as(error: BaseException) -> str:
    """Return what a function was called as that cannot be called so: a signal, a middleware."""
    frames = _frames(error)
    filename, held = (_file(frames[-1]), frames[-1].f_locals) if frames else ("", {})
    if "aiosignal" in filename or ("aiohttp" in filename and "cb" in held):
        return "signal"
    between = bool(frames) and _is_between(frames[-1])
    return "middleware" if between and len(held["given"]) > 1 else ""


def culprit(error: BaseException) -> Line | None:
    """Return where the function begins that aiohttp was handed and could not use, if any."""
    frames = _frames(error)
    if frames and _is_between(frames[-1]):
        return place_of(frames[-1].f_locals.get(CALLED))
    for frame in reversed(frames):
        filename, held = _file(frame), frame.f_locals
        if shown(filename):
            return None  # the learner's own line tells more
        if filename == BETWEEN[0]:
            continue
        storage = held.get(STORAGE) if "aiohttp_session" in filename else None
        names = HOLDERS if "aiohttp" in filename or "aiosignal" in filename else ()
        for function in (type(storage), *map(held.get, names), _asked(frame)):
            if line := place_of(function):
                return line
        module = held.get(ASKED)
        if isinstance(module, ModuleType) and "create_app()" in said(error):
            return place_of(getattr(module, "create_app", None))
    return None


def takes(error: BaseException) -> str:
    """Return how the middleware begins that aiohttp complains about: "async (app, handler)"."""
    for frame in reversed(_frames(error)):
        middleware = frame.f_locals.get("m")
        if inspect.isroutine(middleware):
            kind = "async" if inspect.iscoroutinefunction(middleware) else "plain"
            return f"{kind} ({', '.join(inspect.signature(middleware).parameters)})"
    return ""


def line_inside(function: object, text: str, seen: tuple[CodeType, ...] = ()) -> Line | None:
    """Return the first line with a text in a function, else in the functions that it names."""
    while isinstance(function, partial):
        function = function.func
    function = inspect.unwrap(function) if callable(function) else None
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType) or code in seen or not shown(code.co_filename):
        return None
    codes = list(_nested(code))
    last = max(number for one in codes for *_, number in one.co_lines() if number)
    for number in range(code.co_firstlineno, last + 1):
        line = line_at(code.co_filename, number, code.co_name)
        if line and text in line.code:
            return line
    known = getattr(function, "__globals__", {})
    named = (known.get(name) for one in codes for name in one.co_names)
    found = (line_inside(other, text, (*seen, code)) for other in named if inspect.isroutine(other))
    return next(filter(None, found), None)


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _nested(constant)


def _frames(error: BaseException) -> list[FrameType]:
    return [frame for frame, _ in walk_tb(error.__traceback__)]


def _asked(frame: FrameType) -> object:
    """Return the handler whose answer aiohttp is about to send."""
    request = frame.f_locals.get("request") if frame.f_code.co_name == "finish_response" else None
    return request.match_info.handler if isinstance(request, web.Request) else None


def _is_between(frame: FrameType) -> bool:
    return (_file(frame), frame.f_code.co_name) == BETWEEN


def _file(frame: FrameType) -> str:
    return frame.f_code.co_filename
