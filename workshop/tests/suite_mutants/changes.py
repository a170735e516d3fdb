"""The changes that make mutants of a source: which text is replaced by which."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workshop.tests.suite_mutants.expressions import TYPED, variants
from workshop.tests.suite_mutants.texts import text_changes

LEFT_OUT = (
    ast.Expr,
    ast.Raise,
    ast.Delete,
    ast.AugAssign,
    ast.Continue,
    ast.Break,
    ast.Assert,
)
"""Statements that `pass` can replace."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a source: the bytes from `start` to `end` become `now`."""

    line: int
    kind: str
    start: int
    end: int
    now: str

    def made(self, source: bytes) -> bytes:
        """Return the source with this change."""
        return source[: self.start] + self.now.encode() + source[self.end :]

    def was(self, source: bytes) -> str:
        """Return the replaced text, with one space for each sequence of whitespace."""
        return " ".join(source[self.start : self.end].decode().split())


def changes(source: bytes, lines: set[int]) -> Iterator[Change]:
    """Yield the changes that begin on these lines and leave valid syntax."""
    seen: set[bytes] = set()
    for change in _all(ast.parse(source), Places(source)):
        if change.line not in lines:
            continue
        made = change.made(source)
        if made not in seen and _can_be_read(made):
            seen.add(made)
            yield change


class Places:
    """The positions of nodes in the bytes of a source."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self._begins = [0]
        for line in source.splitlines(keepends=True):
            self._begins.append(self._begins[-1] + len(line))

    def of(self, node: ast.expr | ast.stmt | ast.excepthandler) -> tuple[int, int]:
        """Return the first byte of a node and the byte after it."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._begins[node.lineno - 1] + node.col_offset
        return start, self._begins[node.end_lineno - 1] + node.end_col_offset

    def line(self, at: int) -> int:
        """Return the line number of a byte."""
        return self.source.count(b"\n", 0, at) + 1


def _can_be_read(source: bytes) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


def _all(tree: ast.Module, places: Places) -> Iterator[Change]:
    for node in _relevant(tree):
        if isinstance(node, ast.JoinedStr):
            yield from _in_f_string(node, places)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            start, end = places.of(node)
            yield from _constant(node, places, start, end)
        elif isinstance(node, ast.expr):
            for kind, now in variants(node):
                yield Change(node.lineno, kind, *places.of(node), now)
        elif isinstance(node, ast.stmt | ast.excepthandler):
            yield from _statement(node, places)


def _constant(node: ast.Constant, places: Places, start: int, end: int) -> Iterator[Change]:
    raw = places.source[start:end].decode()
    found = list(text_changes(raw))
    for kind, at, to, now in found:
        first = start + len(raw[:at].encode())
        last = start + len(raw[:to].encode())
        yield Change(places.line(first), kind, first, last, now)
    if not found:
        for kind, now in variants(node):
            yield Change(node.lineno, kind, start, end, now)


def _in_f_string(node: ast.JoinedStr, places: Places) -> Iterator[Change]:
    """Yield the changes of expressions in an f-string, found by their text.

    Python 3.11 gives these nodes no positions.
    """
    start, end = places.of(node)
    raw = places.source[start:end].decode()
    for gap in (value.value for value in node.values if isinstance(value, ast.FormattedValue)):
        for inner in (n for n in ast.walk(gap) if isinstance(n, ast.expr)):
            was = next((text for text in _spellings(inner) if raw.count(text) == 1), None)
            for kind, now in variants(inner) if was else ():
                at = start + len(raw[: raw.index(was or "")].encode())
                quoted = now.replace("'", '"') if '"' in (was or "") else now
                yield Change(places.line(at), kind, at, at + len((was or "").encode()), quoted)


def _spellings(node: ast.expr) -> tuple[str, str]:
    text = ast.unparse(node)
    return text, text.replace("'", '"')


def _statement(node: ast.stmt | ast.excepthandler, places: Places) -> Iterator[Change]:
    start, end = places.of(node)
    match node:
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield Change(node.lineno, "return", start, end, "return None")
        case ast.If() | ast.While():
            at, to = places.of(node.test)
            test = places.source[at:to].decode()
            yield Change(node.lineno, "if", at, to, f"not ({test})")
            yield Change(node.lineno, "if", at, to, "True" if isinstance(node, ast.If) else "False")
        case ast.Assign() if ast.unparse(node.value) != "None":
            yield Change(node.lineno, "nothing kept", *places.of(node.value), "None")
        case ast.For():
            yield Change(node.lineno, "never", *places.of(node.iter), "()")
        case ast.With() | ast.AsyncWith() if all(i.optional_vars is None for i in node.items):
            to = places.of(node.items[-1].context_expr)[1]
            yield Change(node.lineno, "with", start, to, "if True")
        case ast.ExceptHandler(type=ast.expr() as caught):
            yield Change(node.lineno, "except", *places.of(caught), "ZeroDivisionError")
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            for decorator in node.decorator_list:
                at, to = places.of(decorator)
                yield Change(decorator.lineno, "decorator", at - 1, to, "")
        case _ if isinstance(node, LEFT_OUT) and not _said(node):
            yield Change(node.lineno, "left out", start, end, "pass")


def _said(node: ast.stmt | ast.excepthandler) -> bool:
    """Return whether a statement is only a string, such as a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _relevant(tree: ast.AST, raised: bool = False) -> Iterator[ast.AST]:
    """Yield the nodes that change behaviour: no docstrings, annotations, keys and types.

    The text of an error and the `id` of a parameter are left out: a learner may choose them.
    """
    raised = raised or isinstance(tree, ast.Raise)
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns"} or (name == "decorator_list" and not value):
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or _said_or_typed(node):
                continue
            words = isinstance(node, ast.JoinedStr)
            if not (raised and words):
                yield node
            if not words:
                yield from _relevant(node, raised)


def _said_or_typed(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.keyword) and node.arg == "id":
        return True
    if not isinstance(node, ast.Call):
        return False
    return bool(re.search(rf"\b({'|'.join(TYPED)})(\[|$)", ast.unparse(node.func)))
