"""A suite parsed without running it: title, task, exercise mark, checks and their hints."""

from __future__ import annotations

import ast
import gc
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WHEN = ("room", "home", "stretch")
SPLIT = ("time", "count")
"""How two processes may share the checks of a suite: equal time, or equal numbers of checks."""
SECONDS = 5.0
"""The deadline of a check in seconds, unless the suite has another one."""


class CourseError(Exception):
    """An error in the course or the call; the message says what, where and what to do next."""


@dataclass(frozen=True, slots=True)
class Question:
    """One check of a suite, as it stands in the file: name, docstring, hints, source code."""

    name: str
    sentence: str
    hints: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Suite:
    """The parsed suite of an exercise."""

    title: str
    """The first line of the docstring."""
    task: str
    """The rest of the docstring: the task, in Markdown."""
    number: int
    """Place within the step, from 1."""
    minutes: int
    """Minutes that most learners need."""
    when: str
    """When the exercise is done: one of `WHEN`."""
    seconds: float
    """The deadline of a check, in seconds."""
    split: str
    """How two processes share the checks: one of `SPLIT`."""
    questions: tuple[Question, ...]
    """The checks in the order of the suite."""


def read(path: Path) -> Suite:
    """Return the parsed suite; raises CourseError, with the file, when it lacks something."""
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
    """Return the arguments of the exercise mark: number, minutes, when, seconds, split.

    Raises CourseError when there is no such mark, or its arguments are not valid.
    """
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
    """Return the sentences of a test's hint marks, those of the upper mark first."""
    return tuple(
        str(ast.literal_eval(argument))
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("mark.hint")
        for argument in decorator.args
    )


def parse(source: str | bytes, name: str = "<unknown>") -> ast.Module:
    """Return the tree of a source; raises SyntaxError and ValueError as `ast.parse` does.

    The garbage collector is off meanwhile. Python 3.11 cannot build a tree while it builds another
    one, and a finalizer may start that: the warning about a coroutine that was never awaited reads
    source code.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(source, name)
    finally:
        if collects:
            gc.enable()
