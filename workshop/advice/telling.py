"""How an exception is told: its kind and its text, as the catalogue's patterns take them."""

from __future__ import annotations

import ast
import json
import linecache
import re
from pathlib import PurePath
from traceback import walk_tb
from types import ModuleType, NoneType

import jinja2
from aiohttp import ClientResponse, web

from workshop.advice import clues, held, jinja, unfound
from workshop.course import ROOT
from workshop.recorder import stray_text, tracebacks
from workshop.recorder.server_record import FailedCall
from workshop.report.comparison import exception_text, has_type, without_addresses

MISSED = re.compile(r"NoneType|object is not subscriptable|indices must be|out of range")
"""What Python says of an answer that has less in it than a suite takes out."""


def told(error: BaseException, call: FailedCall | None = None) -> tuple[str, str]:
    """Return the kind of an exception and its text, with what beside it says more about it.

    The kind is the name of its class, unless something that was looked for by name is missing.
    `call` is the failed call that the exception comes from, if it comes from one.
    """
    if isinstance(error, KeyError) and (known := unfound.route_names(error)):
        return "Route name", f"{error.args[0]} {known}"
    if isinstance(error, KeyError) and (path := unfound.route_parts(error)):
        return "Route part", f"{error.args[0]} {path}"
    if isinstance(error, KeyError) and unfound.in_gaps(error):
        return "Gap", str(error.args[0])
    if (line := unfound.in_suite(error)) and (missed := _missed(error)):
        return "Missed by the suite", f"{missed}\n{line}"
    if isinstance(error, AttributeError) and (name := _empty(error.obj)):
        return "Empty file", name
    return type(error).__name__, _text(error, call)


def pasted(error: SyntaxError) -> stray_text.Junk | None:
    """Return what was never typed as Python, where that is why a file cannot be read."""
    source = "".join(linecache.getlines(error.filename or ""))
    return stray_text.found(source) if source else None


def _no_json(error: json.JSONDecodeError) -> str:
    """Return what it was that could not be read as JSON."""
    for frame, _ in walk_tb(error.__traceback__):
        asked = frame.f_locals.get("self")
        if has_type(asked, web.BaseRequest):
            return "a request"
        if has_type(asked, ClientResponse):
            by_suite = PurePath(tracebacks.innermost(error)).name.startswith("test_")
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
    """Return what a suite did not find in what came, "" when it was something else."""
    if isinstance(error, KeyError):
        return repr(error.args[0]) if error.args else "a key"
    kinds = IndexError, TypeError, AttributeError
    return "more" if isinstance(error, kinds) and MISSED.search(exception_text(error)) else ""


def _text(error: BaseException, call: FailedCall | None) -> str:
    text = error.msg if isinstance(error, SyntaxError) else exception_text(error)
    if isinstance(error, jinja2.TemplateError) and (spot := jinja.spot_of(error)):
        return f"`{spot.name}`, line {spot.number}: {error.message or text}"
    if isinstance(error, DeprecationWarning) and "old-style middleware" in text:
        return f"{without_addresses(text)} {clues.takes(error)}"
    if isinstance(error, TypeError) and "non-str key" in text:
        return f"{text} for {held.not_text(error)}"
    if isinstance(error, KeyError) and unfound.in_response(error):
        return f"{text} (of a response)"
    if isinstance(error, json.JSONDecodeError):
        return f"{text} ({_no_json(error)})"
    role = clues.called_as(error, call) if isinstance(error, TypeError) else ""
    return f"{text} ({role})" if role else text
