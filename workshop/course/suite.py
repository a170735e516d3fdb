"""What a suite says of its exercise: title, task, place, questions. It is read, never run."""

from __future__ import annotations

import ast
import gc
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WHEN = ("room", "home", "stretch")
SPLIT = ("time", "count")
"""How two processes may share the checks of a suite: usually so that both take equally long."""
SECONDS = 5.0
"""The deadline of a check, unless the suite says another."""


class CourseError(Exception):
    """The course or the call is wrong: says what, where and what to do next."""


@dataclass(frozen=True, slots=True)
class Question:
    """One check of a suite, before it is asked."""

    name: str
    sentence: str
    hints: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Suite:
    """What a suite says of its exercise."""

    title: str
    """The first line of the docstring."""
    task: str
    """The rest of the docstring: what is asked, in Markdown."""
    number: int
    """Place within the step, from 1."""
    minutes: int
    """How long it takes most people."""
    when: str
    """When it is done: one of `WHEN`."""
    seconds: float
    """The deadline of a check."""
    split: str
    """What two processes that share the checks have an equal part of: one of `SPLIT`."""
    questions: tuple[Question, ...]
    """The checks in the order of the suite."""


def read(path: Path) -> Suite:
    """Return what a suite says; raises CourseError, with the file, when it lacks something."""
    try:
        source = path.read_text(encoding="utf-8")
        module = parse(source, str(path))
    except (OSError, SyntaxError, ValueError) as error:
        raise CourseError(f"{path}: this suite cannot be read: {error}. Restore it.") from error
    text = ast.get_docstring(module)
    if not text:
        raise CourseError(f"{path}: no docstring. Its first line is the exercise's title.")
    title, _, task = text.partition("\n")
    return Suite(
        title.rstrip("."),
        task.strip(),
        *_placing(module, path),
        tuple(
            Question(
                node.name,
                " ".join((ast.get_docstring(node) or node.name).split()),
                _hints(node),
                ast.get_source_segment(source, node) or "",
            )
            for node in module.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name.startswith("test")
        ),
    )


def _placing(module: ast.Module, path: Path) -> tuple[int, int, str, float, str]:
    """Return what the exercise mark says: number, minutes, when, seconds, split."""
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            found = re.search(r"mark\.exercise\((.*?)\)", ast.unparse(node.value))
            if found:
                return _values(found[1], path)
    raise CourseError(
        f"{path}: no exercise mark. Add: "
        'pytestmark = pytest.mark.exercise(number=1, minutes=5, when="room")'
    )


def _values(arguments: str, path: Path) -> tuple[int, int, str, float, str]:
    (statement,) = parse(f"f({arguments})").body
    assert isinstance(statement, ast.Expr)
    call = statement.value
    assert isinstance(call, ast.Call)
    values: dict[str, Any] = {"seconds": SECONDS, "split": SPLIT[0]}
    values |= {str(kw.arg): ast.literal_eval(kw.value) for kw in call.keywords}
    names = "number", "minutes", "when", "seconds", "split"
    if set(values) != set(names) or values["when"] not in WHEN or values["split"] not in SPLIT:
        raise CourseError(
            f"{path}: the exercise mark takes number=, minutes=, when= "
            f"(one of {', '.join(WHEN)}) and, where a check takes long, seconds=,"
            ' and split="count" where the first one does work that all rest on.'
        )
    number, minutes, when, seconds, split = (values[name] for name in names)
    return number, minutes, when, seconds, split


def _hints(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, ...]:
    """Return what the hint marks of a test say, the upper mark's sentences first."""
    return tuple(
        str(ast.literal_eval(argument))
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("mark.hint")
        for argument in decorator.args
    )


def parse(source: str | bytes, name: str = "<unknown>") -> ast.Module:
    """Return the tree of a source; raises SyntaxError and ValueError as `ast.parse` does.

    The garbage collector waits meanwhile. On Python 3.11 a tree cannot be made while another one
    is, and a finalizer may do that: the warning that a coroutine was never awaited looks at source.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(source, name)
    finally:
        if collects:
            gc.enable()
