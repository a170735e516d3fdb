"""A file of tests, read: what can be told of its tests without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import ModuleType

import pytest

from workshop.course.suite import parse
from workshop.mutation.trial import Trial

Function = ast.FunctionDef | ast.AsyncFunctionDef


def fixtures_of(module: ModuleType) -> list[str]:
    """Return the names of the fixtures in a module."""
    kind = type(pytest.fixture(lambda: None))
    return sorted(name for name, value in vars(module).items() if isinstance(value, kind))


def asks(trial: Trial, test: str) -> bool:
    """Say whether a test is a coroutine, as one that asks a server is."""
    return isinstance(_functions(trial).get(_plain(test)), ast.AsyncFunctionDef)


def line_of(trial: Trial, test: str) -> int:
    """Return the line at which a test or a class of tests is defined; 0 where there is none."""
    tree = parse(trial.file.read_bytes())
    classes = {part.name: part for part in tree.body if isinstance(part, ast.ClassDef)}
    found = {**classes, **dict(_defined(tree))}.get(_plain(test))
    return found.lineno if found else 0


def looks(trial: Trial, test: str) -> bool:
    """Say whether a test has an assertion, or a function that it calls has one."""
    functions = {name.rpartition("::")[2]: node for name, node in _functions(trial).items()}
    left, seen = [_plain(test).rpartition("::")[2]], set[str]()
    while left:
        name = left.pop()
        if name in functions and name not in seen:
            seen.add(name)
            if any(map(_asserts, ast.walk(functions[name]))):
                return True
            left += _names(functions[name])
    return False


def never_run(trial: Trial) -> Iterator[str]:
    """Yield a sentence for each function that was meant for a test, and is none."""
    tree = parse(trial.file.read_bytes())
    fixtures, used = {*fixtures_of(trial.fixtures)}, {*_names(tree)}
    names = [name for name, _ in _defined(tree)]
    yield from (TWICE.format(name=name) for name in {*names} if names.count(name) > 1)
    for name, node in _defined(tree):
        arguments = {argument.arg for argument in node.args.args}
        bare = name.rpartition("::")[2]
        known = bare.startswith("test") or bare in used or node.decorator_list
        if arguments & fixtures and not known:
            yield NO_TEST.format(name=bare)


def _functions(trial: Trial) -> dict[str, Function]:
    return dict(_defined(parse(trial.file.read_bytes())))


def _defined(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Yield functions with their names: `test_read`, or `TestReading::test_read`."""
    for part in tree.body:
        if isinstance(part, Function):
            yield part.name, part
        elif isinstance(part, ast.ClassDef):
            methods = [node for node in part.body if isinstance(node, Function)]
            yield from ((f"{part.name}::{node.name}", node) for node in methods)


def _plain(test: str) -> str:
    """Return the name of a test without its parameters."""
    return test.partition("[")[0]


def _names(tree: ast.AST) -> Iterator[str]:
    """Yield every name that is used, that of an attribute too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield node.id if isinstance(node, ast.Name) else node.attr


def _asserts(node: ast.AST) -> bool:
    """Say whether a node is an assertion, or something of pytest's that is as good."""
    name = str(getattr(node, "attr", ""))
    return isinstance(node, ast.Assert) or name in LOOKING or name.startswith("assert")


LOOKING = {"raises", "fail", "warns"}
"""Besides unittest's `assertEqual` and its like."""


NO_TEST = "{name} is not run: the name of a test begins with `test_`."
TWICE = "There are two functions {name}: the second takes the place of the first."
