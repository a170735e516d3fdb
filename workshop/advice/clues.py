"""What an exception comes from: which error first, a function that aiohttp was handed."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import partial
from traceback import walk_tb
from types import CodeType, FrameType

from aiohttp import web

from workshop.recorder.server_record import FailedCall
from workshop.recorder.tracebacks import line_at, place_of, raised_at, shown
from workshop.report import Line

LIBRARY_LOCALS: dict[tuple[str, str], tuple[str, ...]] = {
    ("aiohttp.web_app", "_handle"): ("handler", "m"),
    ("aiohttp.web_app", "_on_startup"): ("cb",),
    ("aiohttp.web_app", "_prepare_middleware"): ("m",),
    ("aiohttp.web_middlewares", "impl"): ("handler",),
    ("aiohttp.web_protocol", "finish_response"): ("request",),
    ("aiohttp.web_urldispatcher", "__init__"): ("handler",),
    ("aiohttp_jinja2", "context_processors_middleware"): ("handler",),
    ("aiohttp_session", "factory"): ("storage", "handler"),
    ("aiohttp_session", "get_session"): ("storage",),
    ("aiohttp_session", "new_session"): ("storage",),
    ("aiosignal", "send"): ("receiver",),
}
"""Where a library holds what the learner's code handed over: module and function, local variables.

Their tracebacks end in these functions, and name the learner's function nowhere else. A handler,
middleware or receiver is the function itself; a storage is an object of the learner's class; a
request leads to its handler.
"""
SIGNALS = {("aiosignal", "send"), ("aiohttp.web_app", "_on_startup")}
"""Functions of libraries that call the receivers of a signal."""


def first_of(error: BaseException) -> BaseException:
    """Return the exception that was there first, where a later one only follows from it.

    A variable that has no value while an exception passes was to get it on the line that raised.
    """
    before = error.__context__
    if isinstance(error, UnboundLocalError) and isinstance(before, Exception):
        expected = error.__suppress_context__ or isinstance(before, web.HTTPException)
        return error if expected else before
    return error


def in_library(error: BaseException, line: Line | None) -> bool:
    """Say whether an exception arose in something that a line called, not in the line itself."""
    frame, _ = raised_at(error)
    return frame is not None and shown(frame.f_code.co_filename) != (line and line.file)


def called_as(error: BaseException, call: FailedCall | None) -> str:
    """Return what a function was called as that cannot be called so: "signal", "middleware"."""
    frame, _ = raised_at(error)
    if frame and _function(frame) in SIGNALS:
        return "signal"
    return "middleware" if call and call.arguments > 1 else ""


def culprit(error: BaseException, call: FailedCall | None) -> Line | None:
    """Return where the function begins that aiohttp was handed and could not use, if any."""
    if call:
        return place_of(call.function)
    for frame in _frames(error):
        if shown(frame.f_code.co_filename):
            return None  # the learner's own line tells more
        for value in _handed(frame):
            if line := place_of(value):
                return line
    return None


def takes(error: BaseException) -> str:
    """Return how the middleware begins that aiohttp complains about: "async (app, handler)"."""
    for frame in _frames(error):
        for middleware in _handed(frame):
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
    """Return the frames that an exception passed, innermost first."""
    return [frame for frame, _ in walk_tb(error.__traceback__)][::-1]


def _function(frame: FrameType) -> tuple[str, str]:
    """Return the module and the name of the function that a frame runs."""
    return str(frame.f_globals.get("__name__")), frame.f_code.co_name


def _handed(frame: FrameType) -> Iterator[object]:
    """Yield what a function of a library holds that the learner's code handed over."""
    held = frame.f_locals
    for name in LIBRARY_LOCALS.get(_function(frame), ()):
        value = held.get(name)
        if name == "storage":
            yield type(value)
        elif name == "request":
            yield value.match_info.handler if isinstance(value, web.Request) else None
        else:
            yield value
