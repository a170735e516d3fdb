"""From an exception to its kind and its text, as the patterns of the catalogue match them."""

from __future__ import annotations

import ast
import json
import linecache
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from traceback import walk_tb
from types import ModuleType, NoneType

import jinja2
from aiohttp import ClientResponse, web

from workshop.advice import clues, jinja
from workshop.course import ROOT, exercise_of
from workshop.recorder import expressions, stray_text, tracebacks
from workshop.recorder.server_record import FailedCall
from workshop.recorder.tracebacks import raising_frame
from workshop.report.comparison import exception_text, has_type, without_addresses

COROUTINE_PATTERN = re.compile(
    r"^(?!.*(?:awaitable is required|was expected, got|bad yield|of futures, not))"
    r".*(?:\bcoroutine\b(?!.*\b(?:async|iterator)\b)|dataclass instances|should be str$)",
    re.DOTALL,
)
"""Texts of exceptions that a coroutine causes where its result was needed."""
COROUTINE_KINDS = {"AttributeError", "ProgrammingError", "RuntimeError", "TypeError", "ValueError"}
"""The kinds of these exceptions."""
MISSED = re.compile(r"NoneType|object is not subscriptable|indices must be|out of range")
"""Texts of exceptions that an answer causes which has less in it than a suite takes out."""


def classify(error: BaseException, call: FailedCall | None = None) -> tuple[str, str]:
    """Return the kind of an exception and its text, to which some details are added.

    The kind is the name of its class, unless a lookup by name failed. `call` is the failed call
    that raised the exception, if one did.
    """
    if isinstance(error, KeyError) and (known := _route_names(error)):
        return "Route name", f"{error.args[0]} {known}"
    if isinstance(error, KeyError) and (path := _route_path(error)):
        return "Route part", f"{error.args[0]} {path}"
    if isinstance(error, KeyError) and _in_format(error):
        return "Gap", str(error.args[0])
    if (line := _suite_line(error)) and (missed := _missed(error)):
        return "Missed by the suite", f"{missed}\n{line}"
    if isinstance(error, AttributeError) and (name := _empty(error.obj)):
        return "Empty file", name
    return type(error).__name__, _text(error, call)


def pasted_text(error: SyntaxError) -> stray_text.StrayText | None:
    """Return the text that is no Python but was pasted, if the error comes from one."""
    source = "".join(linecache.getlines(error.filename or ""))
    return stray_text.find_stray_text(source) if source else None


def listed(known: Iterable[str]) -> str:
    """Return names as a sentence lists them: "`a`, `b`"; "none" where there are none."""
    return ", ".join(f"`{name}`" for name in known) or "none"


def _route_names(error: BaseException) -> str | None:
    """Return the names of routes that there are, when one was looked for; None otherwise."""
    frame, _ = raising_frame(error)
    router = frame.f_locals.get("self") if frame else None
    if not isinstance(error, KeyError) or not has_type(router, web.UrlDispatcher):
        return None
    return listed(router.named_resources())


def _route_path(error: BaseException) -> str | None:
    """Return the path whose parts were to be filled, when one was not given; None otherwise."""
    frame, _ = raising_frame(error)
    resource = frame.f_locals.get("self") if frame else None
    if isinstance(error, KeyError) and has_type(resource, web.DynamicResource):
        return resource.canonical
    return None


def _in_response(error: BaseException) -> bool:
    """Say whether it is a response that has nothing under a key."""
    frame, _ = raising_frame(error)
    return frame is not None and has_type(frame.f_locals.get("self"), web.StreamResponse)


def _in_format(error: BaseException) -> bool:
    """Say whether it is `.format()` that found nothing for a gap in its text."""
    called = expressions.failing_call(error, inside=True)
    function = called.func if called else None
    name = function.attr if isinstance(function, ast.Attribute) else ""
    if isinstance(function, ast.Name):  # of a call over many lines only the end is told
        name = function.id
    return name in {"format", "format_map"}


def _suite_line(error: BaseException) -> str | None:
    """Return the line of a suite's own that raised an exception; None for any other line."""
    frame, number = raising_frame(error)
    file = Path(frame.f_code.co_filename) if frame else Path()
    if not file.name.startswith("test_") or exercise_of(file) is None:
        return None
    return linecache.getline(str(file), number).strip()


def _not_json(error: json.JSONDecodeError) -> str:
    """Return what could not be decoded as JSON."""
    for frame, _ in walk_tb(error.__traceback__):
        message = frame.f_locals.get("self")
        if has_type(message, web.BaseRequest):
            return "a request"
        if has_type(message, ClientResponse):
            by_suite = PurePath(tracebacks.innermost_file(error)).name.startswith("test_")
            return "an answer, and the check reads it" if by_suite else "an answer"
    if not error.doc.strip():
        return "nothing"
    try:
        is_python = isinstance(ast.literal_eval(error.doc), dict | list | tuple | bool | NoneType)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        is_python = False
    return f"Python: {error.doc[:40]}" if is_python else "a text"


def _empty(module: object) -> str:
    """Return the name of the learner's file that is this module and holds no code, "" if none."""
    name = module.__name__ if has_type(module, ModuleType) else ""
    if not name.startswith("exercises."):
        return ""
    lines = linecache.getlines(str(ROOT.joinpath(*name.split("."))) + ".py")
    code = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return "" if code else f"{name.rpartition('.')[2]}.py"


def _missed(error: BaseException) -> str:
    """Return what a suite did not find in a value, "" for any other error."""
    if isinstance(error, KeyError):
        return repr(error.args[0]) if error.args else "a key"
    kinds = IndexError, TypeError, AttributeError
    return "more" if isinstance(error, kinds) and MISSED.search(exception_text(error)) else ""


def _text(error: BaseException, call: FailedCall | None) -> str:
    text = error.msg if isinstance(error, SyntaxError) else exception_text(error)
    if isinstance(error, jinja2.TemplateError) and (spot := jinja.template_line_of(error)):
        return f"`{spot.name}`, line {spot.number}: {error.message or text}"
    if isinstance(error, DeprecationWarning) and "old-style middleware" in text:
        return f"{without_addresses(text)} {clues.middleware_signature(error)}"
    if isinstance(error, TypeError) and "non-str key" in text:
        return f"{text} for {_non_text_header(error)}"
    if isinstance(error, KeyError) and _in_response(error):
        return f"{text} (of a response)"
    if isinstance(error, json.JSONDecodeError):
        return f"{text} ({_not_json(error)})"
    role = clues.role_of(error, call) if isinstance(error, TypeError) else ""
    return f"{text} ({role})" if role else text


def _non_text_header(error: BaseException) -> str:
    """Return the name of a header whose value is no text, "" for none."""
    for frame, _ in reversed(list(walk_tb(error.__traceback__))):
        headers = frame.f_locals.get("headers")
        if isinstance(headers, Mapping):
            return next((str(n) for n, value in headers.items() if not isinstance(value, str)), "")
    return ""
