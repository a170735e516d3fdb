"""What was looked for and is not there: a route by its name, a part of its path, a value."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterable
from pathlib import Path

from aiohttp import web

from workshop.course import exercise_of
from workshop.recorder import expressions
from workshop.recorder.tracebacks import raised_at, shown
from workshop.report.comparison import has_type


def route_names(error: BaseException) -> str | None:
    """Return the names of routes that there are, when one was looked for; None otherwise."""
    frame, _ = raised_at(error)
    router = frame.f_locals.get("self") if frame else None
    if not isinstance(error, KeyError) or not has_type(router, web.UrlDispatcher):
        return None
    return names(router.named_resources())


def route_parts(error: BaseException) -> str | None:
    """Return the path whose parts were to be filled, when one was not given; None otherwise."""
    frame, _ = raised_at(error)
    resource = frame.f_locals.get("self") if frame else None
    if isinstance(error, KeyError) and has_type(resource, web.DynamicResource):
        return resource.canonical
    return None


def in_response(error: BaseException) -> bool:
    """Say whether it is a response that has nothing under a key."""
    frame, _ = raised_at(error)
    return frame is not None and has_type(frame.f_locals.get("self"), web.StreamResponse)


def elsewhere(error: KeyError) -> str:
    """Say where in the same request a name stands, when it was looked for in a wrong place."""
    frame, number = raised_at(error)
    if frame is None or not error.args or not shown(frame.f_code.co_filename):
        return ""
    request, view = frame.f_locals.get("request"), frame.f_locals.get("self")
    request = view.request if has_type(view, web.View) else request
    if not has_type(request, web.Request):
        return ""
    name, code = error.args[0], linecache.getline(frame.f_code.co_filename, number)
    if "query" in code and name in request.match_info:
        return f'It is a part of the path: `request.match_info["{name}"]`.'
    if "match_info" in code and name in request.query:
        return f'It stands behind the `?`: `request.query["{name}"]`.'
    return ""


def in_gaps(error: BaseException) -> bool:
    """Say whether it is `.format()` that found nothing for a gap in its text."""
    called = expressions.call(error, inside=True)
    function = called.func if called else None
    name = function.attr if isinstance(function, ast.Attribute) else ""
    if isinstance(function, ast.Name):  # of a call over many lines only the end is told
        name = function.id
    return name in {"format", "format_map"}


def in_suite(error: BaseException) -> str | None:
    """Return the line of a suite's own that raised an exception; None for any other line."""
    frame, number = raised_at(error)
    file = Path(frame.f_code.co_filename) if frame else Path()
    if not file.name.startswith("test_") or exercise_of(file) is None:
        return None
    return linecache.getline(str(file), number).strip()


def names(known: Iterable[str]) -> str:
    """Return names as a sentence lists them: "`a`, `b`"; "none" where there are none."""
    return ", ".join(f"`{name}`" for name in known) or "none"
