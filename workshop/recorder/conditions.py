"""The condition under which a learner's line runs: the `if`, `except` or `case` around it."""

from __future__ import annotations

import ast
import functools
import linecache
from dataclasses import dataclass

from workshop.course import ROOT
from workshop.report import Line

QUOTED_LENGTH = 60
"""Characters of a condition that a sentence quotes."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What was decided on a line above."""

    line: Line
    words: str
    """As a sentence goes on: "because `if not name:` held (line 7)"."""


def enclosing_condition(line: Line) -> Condition | None:
    """Return the nearest condition around a line, in the same function; None without one."""
    file = str(ROOT / line.file)
    found = _enclosing_nodes(_module_tree("".join(linecache.getlines(file))), line.number)
    for outer, inner in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return None
        words = _decision(outer, inner)
        number = _first_line(outer)
        if words and number:
            code = linecache.getline(file, number).strip()
            quoted = code if len(code) <= QUOTED_LENGTH else f"{code[:QUOTED_LENGTH]} …"
            where = Line(line.file, number, line.function, code)
            return Condition(where, words.format(quoted, number))
    return None


def _decision(outer: ast.AST, inner: ast.AST) -> str:
    """Return what a statement decided about one that it holds, "" for nothing."""
    if isinstance(outer, ast.If):
        held = "did not hold" if inner in outer.orelse else "held"
        return f"because `{{}}` {held} (line {{}})"
    if isinstance(outer, ast.ExceptHandler):
        return "in `{}` (line {})"
    if isinstance(outer, ast.match_case):
        return "in `{}` (line {})"
    return ""


@functools.lru_cache(4)
def _module_tree(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def _enclosing_nodes(node: ast.AST, number: int) -> list[ast.AST]:
    """Return the statements that hold a line, from the outermost to the one that begins last."""
    found = [node]
    while True:
        inner = [child for child in ast.iter_child_nodes(found[-1]) if _holds(child, number)]
        if not inner:
            return found
        found.append(inner[-1])


def _holds(node: ast.AST, number: int) -> bool:
    first = _first_line(node)
    last = node.body[-1] if isinstance(node, ast.match_case) else node
    return first is not None and first <= number <= (getattr(last, "end_lineno", None) or first)


def _first_line(node: ast.AST) -> int | None:
    """Return the line on which a statement begins, None for what is no statement."""
    if isinstance(node, ast.match_case):
        return node.pattern.lineno
    return node.lineno if isinstance(node, ast.stmt | ast.excepthandler) else None
