"""What the frames of a traceback hold: the function that aiohttp was handed, values nobody awaited.

Each function takes an exception, or a value that a suite compared.
"""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from traceback import walk_tb
from types import CodeType, CoroutineType, FrameType, GeneratorType
from typing import Any

from aiohttp import web

from workshop.recorder import expressions
from workshop.recorder.server_record import FailedCall
from workshop.recorder.tracebacks import course_path, definition_line, line_at, raising_frame
from workshop.report import Line
from workshop.report.comparison import exception_text, has_type

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
MAX_ITEMS = 100
"""Items of a list or dictionary that are examined."""
CLASS_NOT_OBJECT = re.compile(r"missing \d+ required positional|ABCMeta|type object 'HTTP")
"""Texts of exceptions that a class causes where an object is needed."""


def root_error(error: BaseException) -> BaseException:
    """Return the first exception, where a later one only follows from it.

    A variable without a value while an exception passes would have got it on the line that raised.
    """
    before = error.__context__
    if isinstance(error, UnboundLocalError) and isinstance(before, Exception):
        expected = error.__suppress_context__ or isinstance(before, web.HTTPException)
        return error if expected else before
    return error


def raised_in_library(error: BaseException, line: Line | None) -> bool:
    """Say whether something that a line called raised an exception, not the line itself."""
    frame, _ = raising_frame(error)
    return frame is not None and course_path(frame.f_code.co_filename) != (line and line.file)


def role_of(error: BaseException, call: FailedCall | None) -> str:
    """Return the role in which a function cannot be called: "signal", "middleware" or ""."""
    frame, _ = raising_frame(error)
    if frame and _function(frame) in SIGNALS:
        return "signal"
    return "middleware" if call and call.arguments > 1 else ""


def handed_function(error: BaseException, call: FailedCall | None) -> Line | None:
    """Return where the function begins that aiohttp was handed and could not use, if any."""
    if call:
        return definition_line(call.function)
    for frame in _frames(error):
        if course_path(frame.f_code.co_filename):
            return None  # the learner's own line tells more
        for value in _handed(frame):
            if line := definition_line(value):
                return line
    return None


def middleware_signature(error: BaseException) -> str:
    """Return how the middleware begins that aiohttp complains about: "async (app, handler)"."""
    for frame in _frames(error):
        for middleware in _handed(frame):
            if inspect.isroutine(middleware):
                kind = "async" if inspect.iscoroutinefunction(middleware) else "plain"
                return f"{kind} ({', '.join(inspect.signature(middleware).parameters)})"
    return ""


def find_line(function: object, text: str, seen: tuple[CodeType, ...] = ()) -> Line | None:
    """Return the first line with a text in a function, else in the functions that it names."""
    while isinstance(function, partial):
        function = function.func
    function = inspect.unwrap(function) if callable(function) else None
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType) or code in seen or not course_path(code.co_filename):
        return None
    codes = list(_nested(code))
    last = max(number for one in codes for *_, number in one.co_lines() if number)
    for number in range(code.co_firstlineno, last + 1):
        line = line_at(code.co_filename, number, code.co_name)
        if line and text in line.code:
            return line
    known = getattr(function, "__globals__", {})
    named = (known.get(name) for one in codes for name in one.co_names)
    found = (find_line(other, text, (*seen, code)) for other in named if inspect.isroutine(other))
    return next(filter(None, found), None)


def unawaited_coroutine(error: BaseException) -> CoroutineType[Any, Any, Any] | None:
    """Return a coroutine that nobody awaits, held by the learner's line, or None."""
    owner = error.obj if isinstance(error, AttributeError) else None
    inside = _inside(error)
    held = [value for frame, _ in reversed(inside) for value in frame.f_locals.values()]
    for value in [owner, *held]:
        if (
            has_type(value, CoroutineType)
            and inspect.getcoroutinestate(value) == inspect.CORO_CREATED
        ):
            return value
    return None


def unraised_http_exception(error: BaseException) -> tuple[str, Line | None] | None:
    """Return the name of an HTTP exception that nobody raised, and the line that got it, if any.

    A function returned it in place of raising it: the exception or, where an object is needed, its
    class.
    """
    classes = bool(CLASS_NOT_OBJECT.search(exception_text(error)))
    walked = [(frame, number) for frame, number in walk_tb(error.__traceback__)]
    for at, (frame, number) in enumerate(walked):
        code = frame.f_code
        if not course_path(code.co_filename) or code.co_name == "<module>":
            continue
        for name, value in _exceptions(frame, classes):
            handed = name in code.co_varnames[: code.co_argcount]
            if handed and at and course_path(walked[at - 1][0].f_code.co_filename):
                frame, number = walked[at - 1]
            code = frame.f_code
            return value, line_at(code.co_filename, number, code.co_name)
    return None


def nested_values(value: object, depth: int = 2) -> Iterator[object]:
    """Yield a value, and what a list, tuple, set or dictionary of it holds, so many levels deep."""
    yield value
    inner: Iterable[object] = ()
    if depth and isinstance(value, dict):
        inner = value.values()
    elif depth and isinstance(value, list | tuple | set | frozenset):
        inner = value
    for part in islice(inner, MAX_ITEMS):
        yield from nested_values(part, depth - 1)


def pending_kind(value: object) -> str:
    """Return the kind of a value without a result yet: "task", "generator" ...; "" if none."""
    if isinstance(value, asyncio.Task):
        return "task"
    if asyncio.isfuture(value):
        return "future"
    if inspect.isasyncgen(value):
        return "async_generator"
    kinds = (GeneratorType, map, filter, zip)
    return type(value).__name__ if isinstance(value, kinds) else ""


def global_names_of(value: object, function: object) -> Iterator[tuple[str, Line | None]]:
    """Yield the names by which the file of a function keeps a value, with the lines they get it."""
    function = inspect.unwrap(function) if callable(function) else None
    code = getattr(function, "__code__", None)
    for name, kept in getattr(function, "__globals__", {}).items():
        if kept is value and isinstance(code, CodeType):
            number = expressions.line_assigning(code.co_filename, name)
            yield name, line_at(code.co_filename, number) if number else None


def caught_exception(error: BaseException, actual: object) -> BaseException | None:
    """Return the exception that a suite caught and compared, itself or its name, or None."""
    frame, _ = raising_frame(error)
    values = [actual, *(frame.f_locals.values() if frame else ())]
    for value in values:
        if has_type(value, BaseException) and (value is actual or type(value).__name__ == actual):
            return value
    return None


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


def _exceptions(frame: FrameType, classes: bool) -> Iterator[tuple[str, str]]:
    """Yield the variables of a frame that hold an HTTP exception nobody raised, with its name."""
    for name, value in frame.f_locals.items():
        if has_type(value, type):
            if classes and issubclass(value, web.HTTPException):
                yield name, value.__name__
        elif has_type(value, web.HTTPException) and value.__traceback__ is None:
            yield name, type(value).__name__


def _inside(error: BaseException) -> list[tuple[FrameType, int]]:
    """Return the frames from the learner's innermost line on."""
    walked = list(walk_tb(error.__traceback__))
    places = [at for at, (frame, _) in enumerate(walked) if course_path(frame.f_code.co_filename)]
    return walked[places[-1] :] if places else []
