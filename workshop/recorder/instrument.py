"""AST instrumentation of the learner's file: calls of hooks in its functions.

Each function calls a hook when it begins and with each value that it returns. Each statement of an
`async def` has a call before it, each `await` a call around it. Line numbers, tracebacks and
results do not change.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from types import CodeType

LINE_HOOK = "__at__"
"""The name of the hook for lines of coroutines; the loader puts it into the module."""
CALL_HOOK = "__step__"
"""The name of the hook for calls and returns; the loader puts it into the module."""

BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Fields in which a statement has other statements."""


@lru_cache(8)
def compile_instrumented(source: bytes, file: str) -> CodeType:
    """Return the instrumented code of a source file. Raises what `compile` raises."""
    try:
        tree = ast.parse(source, file)
        instrument(tree)
        return _compile(tree, file)
    except (SyntaxError, ValueError, RecursionError):
        return _compile(source, file)  # with the error for the file itself


def _compile(source: bytes | ast.Module, file: str) -> CodeType:
    return compile(source, file, "exec", dont_inherit=True)


def instrument(node: ast.AST) -> None:
    """Put the hooks into each function below a node."""
    for name in BLOCKS:
        for inner in getattr(node, name, ()):
            if isinstance(inner, ast.AsyncFunctionDef):
                _instrument_coroutine(inner)
            elif isinstance(inner, ast.FunctionDef):
                _instrument_function(inner)
            else:
                instrument(inner)


def _instrument_function(node: ast.FunctionDef) -> None:
    """Put the hooks for calls and returns into a plain function."""
    docstring, body = _split_docstring(node)
    FunctionInstrumenter(node.name).generic_visit(node)
    begins = [_hook_statement(body[0], node.lineno, node.name, CALL_HOOK)] if body else []
    node.body = [*docstring, *begins, *body]


def _instrument_coroutine(node: ast.AsyncFunctionDef) -> None:
    """Put the hooks for calls, returns and lines into a coroutine function."""
    docstring, node.body = _split_docstring(node)
    if node.body:
        first, last = node.body[0], node.body[-1]
        CoroutineInstrumenter(node.name).generic_visit(node)
        begins = _hook_statement(first, node.lineno, node.name, CALL_HOOK)
        whole = ast.Try(node.body, [], [], [_hook_statement(last, 0, "")])
        node.body = [*docstring, begins, ast.copy_location(whole, first)]
    else:
        node.body = docstring


def _split_docstring(
    node: ast.FunctionDef | ast.AsyncFunctionDef,
) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """Return a function's docstring, and the rest of its body."""
    start = int(ast.get_docstring(node, clean=False) is not None)
    return node.body[:start], node.body[start:]


class FunctionInstrumenter(ast.NodeTransformer):
    """Puts the hooks into one function."""

    def __init__(self, function: str) -> None:
        self._function = function

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """Instrument an inner coroutine function under its own name."""
        _instrument_coroutine(node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Instrument an inner function under its own name."""
        _instrument_function(node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Instrument only the methods of a class."""
        instrument(node)
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """Leave a lambda as it is: it has no `return`."""
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        """Pass the returned value through the hook."""
        super().generic_visit(node)
        if node.value:
            place = node.value
            node.value = _hook_call(place, node.lineno, self._function, place, name=CALL_HOOK)
        return node


class CoroutineInstrumenter(FunctionInstrumenter):
    """Puts the hooks into one coroutine function."""

    def visit_Await(self, node: ast.Await) -> ast.AST:
        """Call the hook with the line of an `await` when it resumes."""
        super().generic_visit(node)
        return _hook_call(node, node.lineno, self._function, node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Put a call of the hook before each statement of a block."""
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                setattr(node, name, [new for old in block for new in self._with_hook(old)])
        return node

    def _with_hook(self, node: ast.stmt) -> list[ast.stmt]:
        return [_hook_statement(node, node.lineno, self._function), node]


def _hook_statement(place: ast.AST, number: int, function: str, name: str = LINE_HOOK) -> ast.stmt:
    return ast.copy_location(ast.Expr(_hook_call(place, number, function, name=name)), place)


def _hook_call(
    place: ast.AST, number: int, function: str, *values: ast.expr, name: str = LINE_HOOK
) -> ast.Call:
    """Return a call of a hook with a line, a function and the value to return."""
    words: list[ast.expr] = [ast.Constant(number), ast.Constant(function)]
    called = ast.Name(name, ast.Load())
    for part in (called, *words):
        ast.copy_location(part, place)
    return ast.copy_location(ast.Call(called, [*words, *values], []), place)
