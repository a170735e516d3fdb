"""A mutant: an app with one small fault, made for as long as a learner's tests run on it.

The fault is put into a function in place, by changing its code, so it is there for everyone who
holds the function: the router, a module that imported it by name, a test that calls it. The
function itself, and all modules, stay the same objects, and are as before afterwards.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import CodeType, FunctionType

from workshop.course.suite import parse

FunctionName = tuple[str, str]
"""A function: its module and its qualified name, such as `("steps.step03_rest.app", "read")`."""


class MutantError(Exception):
    """The fault cannot be put in; the message says why."""


@dataclass(frozen=True)
class Mutant:
    """One small fault: in this module, `new` in place of `old`, inside of one function."""

    module: str
    old: str
    new: str

    @cached_property
    def source(self) -> str:
        """The module as it is.

        Raises MutantError when `old` is not in it, or not once only.
        """
        path = Path(importlib.import_module(self.module).__file__ or "")
        source = path.read_text(encoding="utf-8")
        if (times := source.count(self.old)) != 1 or self.old == self.new:
            raise MutantError(f"{self.module} has this {times} times, not once: {self.old}")
        return source

    @cached_property
    def function_name(self) -> FunctionName:
        """The function that has the fault: a method, or the outermost of nested functions.

        Raises MutantError when it is in none.
        """
        first = self.source[: self.source.index(self.old)].count("\n") + 1
        last = first + self.old.count("\n")
        for name, node in _functions(parse(self.source)):
            body = node.body[0].lineno
            if body <= first and last <= (node.end_lineno or body):
                return self.module, name
        raise MutantError(f"{self.module}: this is not inside of a function: {self.old}")

    @contextlib.contextmanager
    def applied(self) -> Iterator[None]:
        """Change the code of the function for the length of the block.

        Raises MutantError as `source` and `function_name` do.
        """
        code = _compiled(self.source.replace(self.old, self.new), self.function_name)
        with _code_replaced(self.function_name, code):
            yield


@contextlib.contextmanager
def calls_reported(function_name: FunctionName, reached: Callable[[], None]) -> Iterator[None]:
    """Call `reached` each time that a function is called, for the length of the block."""
    function = function_at(function_name)
    path = Path(function.__code__.co_filename)
    mark = f"__reached_{function_name[1].replace('.', '_')}__"
    code = _compiled(path.read_text(encoding="utf-8"), function_name, mark)
    function.__globals__[mark] = reached
    try:
        with _code_replaced(function_name, code):
            yield
    finally:
        del function.__globals__[mark]


def function_at(function_name: FunctionName) -> FunctionType:
    """Return a function as it was written, without what its decorators made of it.

    Raises MutantError when the name is that of something else.
    """
    module, name = function_name
    found: object = importlib.import_module(module)
    for part in name.split("."):
        found = vars(found)[part]
    found = inspect.unwrap(found) if callable(found) else found
    if not isinstance(found, FunctionType):
        raise MutantError(f"{module}: {name} is no function but {found!r}")
    return found


@contextlib.contextmanager
def _code_replaced(function_name: FunctionName, code: CodeType) -> Iterator[None]:
    """Give a function other code for the length of the block."""
    function = function_at(function_name)
    kept = function.__code__
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = kept


@cache
def _compiled(source: str, function_name: FunctionName, mark: str = "") -> CodeType:
    """Return the code that a function has in this source; with a mark, it calls that first."""
    tree = parse(source)
    node = dict(_functions(tree))[function_name[1]]
    if mark:
        call = parse(f"{mark}()").body[0]
        node.body.insert(0, ast.copy_location(call, node.body[0]))
        ast.fix_missing_locations(call)
    tree.body = [part for part in tree.body if _holds(part, node)]  # the rest takes its time
    module = compile(
        tree, function_at(function_name).__code__.co_filename, "exec", dont_inherit=True
    )
    return next(code for code in _codes(module) if code.co_qualname == function_name[1])


def _holds(part: ast.stmt, node: ast.AST) -> bool:
    """Say whether a part of a module has a function in it, or says how the module is read."""
    if isinstance(part, ast.ImportFrom):
        return part.module == "__future__"
    return part is node or (isinstance(part, ast.ClassDef) and node in ast.walk(part))


def _functions(
    tree: ast.AST, prefix: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield functions and methods with their qualified names; not those inside of functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")


def _codes(code: CodeType) -> Iterator[CodeType]:
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield part
            yield from _codes(part)
