"""What a learner's line holds that it should not: a coroutine, an exception that was returned."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from traceback import walk_tb
from types import CodeType, CoroutineType, FrameType, GeneratorType
from typing import Any

from aiohttp import web

from workshop.recorder import expressions
from workshop.recorder.tracebacks import line_at, raised_at, shown
from workshop.report import Line
from workshop.report.comparison import exception_text, has_type

MOST = 100
"""Items of a structure that are looked at."""
CLASS = re.compile(r"missing \d+ required positional|ABCMeta|type object 'HTTP")
"""What Python says of a class that stands where an object is needed."""


def forgotten(error: BaseException) -> CoroutineType[Any, Any, Any] | None:
    """Return a coroutine that nobody awaits and that the learner's line stumbles over, if any."""
    asked = error.obj if isinstance(error, AttributeError) else None
    inside = _inside(error)
    held = [value for frame, _ in reversed(inside) for value in frame.f_locals.values()]
    for value in [asked, *held]:
        if (
            has_type(value, CoroutineType)
            and inspect.getcoroutinestate(value) == inspect.CORO_CREATED
        ):
            return value
    return None


def unraised(error: BaseException) -> tuple[str, Line | None] | None:
    """Return the name of an HTTP exception that nobody raised, and the line that got it, if any.

    It may be an exception, or its class where that does not do: what a function returned that was
    to raise it.
    """
    classes = bool(CLASS.search(exception_text(error)))
    walked = [(frame, number) for frame, number in walk_tb(error.__traceback__)]
    for at, (frame, number) in enumerate(walked):
        code = frame.f_code
        if not shown(code.co_filename) or code.co_name == "<module>":
            continue
        for name, value in _exceptions(frame, classes):
            handed = name in code.co_varnames[: code.co_argcount]
            if handed and at and shown(walked[at - 1][0].f_code.co_filename):
                frame, number = walked[at - 1]
            code = frame.f_code
            return value, line_at(code.co_filename, number, code.co_name)
    return None


def not_text(error: BaseException) -> str:
    """Return the name of a header whose value is no text, "" for none."""
    for frame, _ in reversed(list(walk_tb(error.__traceback__))):
        headers = frame.f_locals.get("headers")
        if isinstance(headers, Mapping):
            return next((str(n) for n, value in headers.items() if not isinstance(value, str)), "")
    return ""


def parts(value: object, depth: int = 2) -> Iterator[object]:
    """Yield a value, and what a list, tuple, set or dictionary of it holds, so many levels deep."""
    yield value
    inner: Iterable[object] = ()
    if depth and isinstance(value, dict):
        inner = value.values()
    elif depth and isinstance(value, list | tuple | set | frozenset):
        inner = value
    for part in islice(inner, MOST):
        yield from parts(part, depth - 1)


def unfinished(value: object) -> str:
    """Return what a value is that only will have a result: "task", "generator" ...; "" if none."""
    if isinstance(value, asyncio.Task):
        return "task"
    if asyncio.isfuture(value):
        return "future"
    if inspect.isasyncgen(value):
        return "async_generator"
    kinds = (GeneratorType, map, filter, zip)
    return type(value).__name__ if isinstance(value, kinds) else ""


def kept_as(value: object, function: object) -> Iterator[tuple[str, Line | None]]:
    """Yield the names by which the file of a function keeps a value, with the lines they get it."""
    function = inspect.unwrap(function) if callable(function) else None
    code = getattr(function, "__code__", None)
    for name, kept in getattr(function, "__globals__", {}).items():
        if kept is value and isinstance(code, CodeType):
            number = expressions.assigned(code.co_filename, name)
            yield name, line_at(code.co_filename, number) if number else None


def caught(error: BaseException, came: object) -> BaseException | None:
    """Return the exception whose name, or which itself, came where a suite compared, if any."""
    frame, _ = raised_at(error)
    values = [came, *(frame.f_locals.values() if frame else ())]
    for value in values:
        if has_type(value, BaseException) and (value is came or type(value).__name__ == came):
            return value
    return None


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
    places = [at for at, (frame, _) in enumerate(walked) if shown(frame.f_code.co_filename)]
    return walked[places[-1] :] if places else []
