"""A mutant: an app with one small fault, made for as long as somebody's tests run on it.

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

Place = tuple[str, str]
"""A function: its module and its qualified name."""


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
    def place(self) -> Place:
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
        """Put the fault in for the length of the block."""
        code = _compiled(self.source.replace(self.old, self.new), self.place)
        with _swapped(self.place, code):
            yield


@contextlib.contextmanager
def watched(place: Place, reached: Callable[[], None]) -> Iterator[None]:
    """Call `reached` each time that a function is, for the length of the block."""
    function = function_at(place)
    path = Path(function.__code__.co_filename)
    mark = f"__reached_{place[1].replace('.', '_')}__"
    code = _compiled(path.read_text(encoding="utf-8"), place, mark)
    function.__globals__[mark] = reached
    try:
        with _swapped(place, code):
            yield
    finally:
        del function.__globals__[mark]


def function_at(place: Place) -> FunctionType:
    """Return a function as it was written, without what its decorators made of it."""
    found: object = importlib.import_module(place[0])
    for name in place[1].split("."):
        found = vars(found)[name]
    found = inspect.unwrap(found) if callable(found) else found
    if not isinstance(found, FunctionType):
        raise MutantError(f"{place[0]}: {place[1]} is no function but {found!r}")
    return found


@contextlib.contextmanager
def _swapped(place: Place, code: CodeType) -> Iterator[None]:
    """Let a function do something else for the length of the block."""
    function = function_at(place)
    kept = function.__code__
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = kept


@cache
def _compiled(source: str, place: Place, mark: str = "") -> CodeType:
    """Return the code that a function has in this source; with a mark, it calls that first."""
    tree = parse(source)
    node = dict(_functions(tree))[place[1]]
    if mark:
        call = parse(f"{mark}()").body[0]
        node.body.insert(0, ast.copy_location(call, node.body[0]))
        ast.fix_missing_locations(call)
    tree.body = [part for part in tree.body if _holds(part, node)]  # the rest takes its time
    module = compile(tree, function_at(place).__code__.co_filename, "exec", dont_inherit=True)
    return next(code for code in _codes(module) if code.co_qualname == place[1])


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
