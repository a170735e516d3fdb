"""Where in a Jinja template an exception arose, and which line of the learner's that is."""

from __future__ import annotations

import linecache
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from types import FrameType

import jinja2

from workshop.course import ROOT
from workshop.recorder.tracebacks import line_at, shown
from workshop.report import Line
from workshop.report.comparison import has_type

MARK = "__jinja_exception__"
"""A global that Jinja gives a frame which stands for a line of a template."""
NEAR = 3
"""So many lines around one tell it from its likes."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a template."""

    name: str
    """As the loader knows it."""
    number: int
    """From 1."""
    file: str
    """Where the template lies; "" for one that lies in no file of its own."""
    source: tuple[str, ...]
    """All lines of such a one."""


def spot_of(error: BaseException) -> Spot | None:
    """Return where in a template an exception arose, unless something that it called raised it."""
    frame, number, template = None, 0, None
    for frame_, number_ in walk_tb(error.__traceback__):
        if MARK in frame_.f_globals:
            frame, number = frame_, number_
        elif shown(frame_.f_code.co_filename):
            frame = None  # the learner's own line tells more
        elif has_type(frame_.f_locals.get("self"), jinja2.Template):
            template = frame_.f_locals["self"]
    if isinstance(error, jinja2.TemplateSyntaxError) and error.name:
        source = (error.source or "").splitlines()
        return Spot(error.name, error.lineno, error.filename or "", tuple(source))
    if frame is None or template is None:
        return None
    file = frame.f_code.co_filename
    if not file.startswith("<"):
        return Spot(Path(file).name, number, file, ())
    return _found(frame, number, template)


def line_of(spot: Spot, near: Line | None) -> Line | None:
    """Return the line in a file of the learner's: the template's, or the one that `near` is in."""
    if spot.file:
        return line_at(spot.file, spot.number)
    if near is None or not 0 < spot.number <= len(spot.source):
        return None
    path = str(ROOT / near.file)
    lines = [line.strip() for line in linecache.getlines(path)]
    source = [line.strip() for line in spot.source]
    at = spot.number - 1
    likes = [i for i, line in enumerate(lines) if line == source[at]]
    best = max(likes, key=lambda i: _alike(lines, i, source, at), default=None)
    return None if best is None else line_at(path, best + 1)


def known(error: BaseException) -> list[str]:
    """Return the names of the templates that there are, where one was looked for in vain."""
    for frame, _ in walk_tb(error.__traceback__):
        environment = frame.f_locals.get("self")
        if has_type(environment, jinja2.Environment):
            return list(_sources(environment))
    return []


def _found(frame: FrameType, number: int, template: jinja2.Template) -> Spot | None:
    """Return the line of the template that a frame stands for: the one shown, or a parent of it."""
    sources = _sources(template.environment)
    first = [template.name] if template.name and template.name in sources else []
    block = frame.f_code.co_name.removeprefix("block ").strip("'")
    needle = "" if block == frame.f_code.co_name else f"block {block}"
    for name in dict.fromkeys([*first, *sources]):
        lines = sources[name].splitlines()
        if needle in sources[name] and number <= len(lines) and "{" in lines[number - 1]:
            return Spot(name, number, "", tuple(lines))
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


def _alike(lines: list[str], i: int, source: list[str], at: int) -> int:
    """Return how many lines are the same around a line and one of the source."""
    shifts = [by for by in range(-NEAR, NEAR + 1) if 0 <= at + by < len(source) and i + by >= 0]
    return sum(lines[i + by : i + by + 1] == [source[at + by]] for by in shifts)
