"""The line of a Jinja template that raised an exception, and its place in the learner's file."""

from __future__ import annotations

import linecache
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from types import FrameType

import jinja2

from workshop.course import ROOT
from workshop.recorder.tracebacks import course_path, line_at
from workshop.report import Line
from workshop.report.comparison import has_type

JINJA_GLOBAL = "__jinja_exception__"
"""A global that Jinja sets in a frame that stands for a line of a template."""
CONTEXT_LINES = 3
"""Lines before and after one that tell it from equal lines."""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line of a template."""

    name: str
    """The name of the template, as the loader knows it."""
    number: int
    """From 1."""
    file: str
    """The path of the template; "" for one without a file of its own."""
    source: tuple[str, ...]
    """All lines of a template without a file."""


def template_line_of(error: BaseException) -> TemplateLine | None:
    """Return where in a template an exception arose, unless something that it called raised it."""
    frame, number, template = None, 0, None
    for each, line_number in walk_tb(error.__traceback__):
        if JINJA_GLOBAL in each.f_globals:
            frame, number = each, line_number
        elif course_path(each.f_code.co_filename):
            frame = None  # the learner's own line tells more
        elif has_type(each.f_locals.get("self"), jinja2.Template):
            template = each.f_locals["self"]
    if isinstance(error, jinja2.TemplateSyntaxError) and error.name:
        source = (error.source or "").splitlines()
        return TemplateLine(error.name, error.lineno, error.filename or "", tuple(source))
    if frame is None or template is None:
        return None
    file = frame.f_code.co_filename
    if not file.startswith("<"):
        return TemplateLine(Path(file).name, number, file, ())
    return _locate(frame, number, template)


def file_line_of(spot: TemplateLine, handler_line: Line | None) -> Line | None:
    """Return the line in a file of the learner's: the template's, or the one that `near` is in."""
    if spot.file:
        return line_at(spot.file, spot.number)
    if handler_line is None or not 0 < spot.number <= len(spot.source):
        return None
    path = str(ROOT / handler_line.file)
    lines = [line.strip() for line in linecache.getlines(path)]
    source = [line.strip() for line in spot.source]
    at = spot.number - 1
    candidates = [i for i, line in enumerate(lines) if line == source[at]]
    best = max(candidates, key=lambda i: _equal_neighbours(lines, i, source, at), default=None)
    return None if best is None else line_at(path, best + 1)


def template_names(error: BaseException) -> list[str]:
    """Return the names of the templates that there are, where one was looked for in vain."""
    for frame, _ in walk_tb(error.__traceback__):
        environment = frame.f_locals.get("self")
        if has_type(environment, jinja2.Environment):
            return list(_sources(environment))
    return []


def _locate(frame: FrameType, number: int, template: jinja2.Template) -> TemplateLine | None:
    """Return the line of the template that a frame stands for: the one shown, or a parent of it."""
    sources = _sources(template.environment)
    first = [template.name] if template.name and template.name in sources else []
    block = frame.f_code.co_name.removeprefix("block ").strip("'")
    needle = "" if block == frame.f_code.co_name else f"block {block}"
    for name in dict.fromkeys([*first, *sources]):
        lines = sources[name].splitlines()
        if needle in sources[name] and number <= len(lines) and "{" in lines[number - 1]:
            return TemplateLine(name, number, "", tuple(lines))
    return None


def _sources(environment: jinja2.Environment) -> Mapping[str, str]:
    """Return all templates of an environment by their names."""
    return dict(_loaded(environment)) if environment.loader else {}


def _loaded(environment: jinja2.Environment) -> Iterator[tuple[str, str]]:
    loader = environment.loader
    try:
        names = loader.list_templates() if loader else []
    except TypeError:  # as it says for a loader that cannot list them
        return
    for name in names:
        if loader:
            yield name, loader.get_source(environment, name)[0]


def _equal_neighbours(lines: list[str], i: int, source: list[str], at: int) -> int:
    """Return how many lines are the same around a line and one of the source."""
    around = range(-CONTEXT_LINES, CONTEXT_LINES + 1)
    shifts = [by for by in around if 0 <= at + by < len(source) and i + by >= 0]
    return sum(lines[i + by : i + by + 1] == [source[at + by]] for by in shifts)
