"""A coroutine of the learner's, made to tell which of its lines begins.

Each statement of an `async def` gets a call before it, each `await` one that sees it come back.
Lines, tracebacks and results stay as they were, and nothing else in the file is touched.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from types import CodeType

NAME = "__at__"
"""What the coroutines call; the loader puts it into the module."""


BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where a statement holds others."""


@lru_cache(8)
def compiled(source: bytes, file: str) -> CodeType:
    """Return the code of a source file; raises what `compile` does."""
    if b"async" not in source:
        return _compile(source, file)
    try:
        tree = ast.parse(source, file)
        stamp(tree)
        return _compile(tree, file)
    except (SyntaxError, ValueError, RecursionError):
        return _compile(source, file)  # what is wrong is told in the words for the file itself


def _compile(source: bytes | ast.Module, file: str) -> CodeType:
    return compile(source, file, "exec", dont_inherit=True)


def stamp(node: ast.AST) -> None:
    """Let each coroutine function below a node tell its lines."""
    for name in BLOCKS:
        for inner in getattr(node, name, ()):
            if isinstance(inner, ast.AsyncFunctionDef):
                _function(inner)
            else:
                stamp(inner)


def _function(node: ast.AsyncFunctionDef) -> None:
    """Let a coroutine function tell its lines, and when it is left."""
    docstring = node.body[: ast.get_docstring(node, clean=False) is not None]
    node.body = node.body[len(docstring) :]
    if node.body:
        first, last = node.body[0], node.body[-1]
        Coroutine(node.name).generic_visit(node)
        whole = ast.Try(node.body, [], [], [_statement(last, 0, "")])
        node.body = [*docstring, ast.copy_location(whole, first)]
    else:
        node.body = docstring


class Coroutine(ast.NodeTransformer):
    """Puts the calls into one coroutine function."""

    def __init__(self, function: str) -> None:
        self._function = function

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """Let a coroutine function inside tell for itself."""
        _function(node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Leave a plain function as it is; it may hold coroutine functions."""
        stamp(node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Leave a class as it is, but for its methods."""
        stamp(node)
        return node

    def visit_Await(self, node: ast.Await) -> ast.AST:
        """Note that an `await` came back, to the line on which it stands."""
        super().generic_visit(node)
        return _call(node, node.lineno, self._function, node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Put a call before each statement of a block."""
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                setattr(node, name, [new for old in block for new in self._told(old)])
        return node

    def _told(self, node: ast.stmt) -> list[ast.stmt]:
        return [_statement(node, node.lineno, self._function), node]


def _statement(place: ast.AST, number: int, function: str) -> ast.stmt:
    return ast.copy_location(ast.Expr(_call(place, number, function)), place)


def _call(place: ast.AST, number: int, function: str, *values: ast.expr) -> ast.Call:
    """Return a call of `at` with a line, and with what it is to return."""
    words: list[ast.expr] = [ast.Constant(number), ast.Constant(function)]
    name = ast.Name(NAME, ast.Load())
    for part in (name, *words):
        ast.copy_location(part, place)
    return ast.copy_location(ast.Call(name, [*words, *values], []), place)
