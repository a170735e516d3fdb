"""A file of tests and its mutants: what its source says, what is run on which app, the results."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from workshop.course.suite import parse
from workshop.mutation.inner_plugin import load
from workshop.mutation.mutants import FunctionName, Mutant

RIGHT = "right"
"""The name of the app without a fault."""
ASSERTING = {"raises", "fail", "warns"}
"""Attributes that assert something, besides unittest's `assertEqual` and its like."""
NO_TEST = "{name} is not run: the name of a test begins with `test_`."
TWICE = "There are two functions {name}: the second takes the place of the first."
Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class TrialResult:
    """How one test ended on one app."""

    test: str
    app: str
    outcome: str
    """As pytest counts it: passed, failed, skipped, xfailed or xpassed."""
    error: BaseException | None
    """What the test raised; None when it passed."""
    reached: frozenset[FunctionName]
    """On the right app: the functions that the test called, of those that a mutant changes."""


@dataclass
class Trial:
    """A file of tests, the mutants that it is to catch, and how its tests have ended so far.

    A test that does not pass on the right app catches nothing. One that never calls the function
    with a fault cannot notice the fault, so it is not run on that mutant.
    """

    file: Path
    display_path: Path
    """The path that tracebacks name, when the file is a copy."""
    fixtures: ModuleType
    """The module with the fixtures that the tests may take."""
    mutants: Mapping[str, Mutant]
    module: ModuleType = field(init=False)
    items: dict[str, pytest.Item] = field(default_factory=dict)
    """The tests, once they are collected."""
    sharing: dict[str, list[str]] = field(default_factory=dict)
    """By each test those that share fixtures with it, itself among them, as in the file."""
    apps_run: set[str] = field(default_factory=set)
    """The apps on which the tests have run."""
    results: list[TrialResult] = field(default_factory=list)
    collect_error: str = ""
    """Why pytest finds no tests to run."""

    def __post_init__(self) -> None:
        self.module = load(self.file, self.display_path)

    @property
    def mutated_functions(self) -> set[FunctionName]:
        """The functions that have a fault in one of the mutants."""
        return {mutant.function_name for mutant in self.mutants.values()}

    def results_on(self, app: str) -> list[TrialResult]:
        """Return how the tests ended on an app."""
        return [result for result in self.results if result.app == app]

    def passed(self) -> list[TrialResult]:
        """Return the tests that passed on the right app: no other can catch anything."""
        return [result for result in self.results_on(RIGHT) if result.outcome == "passed"]

    def reaching(self, name: str) -> list[str]:
        """Return the tests that call the function with this fault, as in the file."""
        return [r.test for r in self.passed() if self.mutants[name].function_name in r.reached]

    def caught(self, name: str) -> bool:
        """Say whether a test failed on the app with this fault."""
        passed = {result.test for result in self.passed()}
        return any(r.outcome == "failed" and r.test in passed for r in self.results_on(name))

    def plan(self, tests: Iterable[str], app: str) -> Iterator[tuple[str, str]]:
        """Yield test and app, one after the other.

        On a mutant only the tests that can notice it are run, until one does. First comes one
        that has the fault in its name, then those that have caught nothing yet, because many a
        test is there for one fault; of these the one as far down the file as the fault its list.
        Tests that share fixtures may build on each other, so they all run, in their order.
        """
        if app == RIGHT:
            yield from ((test, app) for test in tests)
            return
        for test in sorted(self.reaching(app), key=lambda test: self._sort_key(test, app)):
            done = {result.test for result in self.results_on(app)}
            for each in self.sharing[test] if test not in done else ():
                if self.caught(app):
                    return
                yield each, app

    def _sort_key(self, test: str, app: str) -> tuple[bool, bool, float]:
        """Return a key that sorts the tests most likely to catch a fault first."""
        tests, apps = [result.test for result in self.results_on(RIGHT)], list(self.mutants)
        caught = any(
            r.outcome == "failed" for r in self.results if r.test == test and r.app != RIGHT
        )
        distance = abs(tests.index(test) / len(tests) - apps.index(app) / len(apps))
        return app not in test, caught, distance

    # What the source says

    def is_coroutine(self, test: str) -> bool:
        """Say whether a test is `async def`, as one that sends a request is."""
        return isinstance(self._definitions().get(_plain(test)), ast.AsyncFunctionDef)

    def line_of(self, test: str) -> int:
        """Return the line at which a test or a class of tests is defined; 0 where there is none."""
        tree = parse(self.file.read_bytes())
        classes = {part.name: part for part in tree.body if isinstance(part, ast.ClassDef)}
        found = {**classes, **dict(_defined(tree))}.get(_plain(test))
        return found.lineno if found else 0

    def has_assertion(self, test: str) -> bool:
        """Say whether a test has an assertion, or a function that it calls has one."""
        functions = {name.rpartition("::")[2]: node for name, node in self._definitions().items()}
        left, seen = [_plain(test).rpartition("::")[2]], set[str]()
        while left:
            name = left.pop()
            if name in functions and name not in seen:
                seen.add(name)
                if any(map(_asserts, ast.walk(functions[name]))):
                    return True
                left += _names(functions[name])
        return False

    def never_run(self) -> Iterator[str]:
        """Yield a sentence for each function that was meant for a test, and is none."""
        tree = parse(self.file.read_bytes())
        fixtures, used = {*fixture_names(self.fixtures)}, {*_names(tree)}
        names = [name for name, _ in _defined(tree)]
        yield from (TWICE.format(name=name) for name in {*names} if names.count(name) > 1)
        for name, node in _defined(tree):
            arguments = {argument.arg for argument in node.args.args}
            bare = name.rpartition("::")[2]
            known = bare.startswith("test") or bare in used or node.decorator_list
            if arguments & fixtures and not known:
                yield NO_TEST.format(name=bare)

    def _definitions(self) -> dict[str, Definition]:
        return dict(_defined(parse(self.file.read_bytes())))


def fixture_names(module: ModuleType) -> list[str]:
    """Return the names of the fixtures in a module."""
    kind = type(pytest.fixture(lambda: None))
    return sorted(name for name, value in vars(module).items() if isinstance(value, kind))


def _defined(tree: ast.Module) -> Iterator[tuple[str, Definition]]:
    """Yield functions with their names: `test_read`, or `TestReading::test_read`."""
    for part in tree.body:
        if isinstance(part, Definition):
            yield part.name, part
        elif isinstance(part, ast.ClassDef):
            methods = [node for node in part.body if isinstance(node, Definition)]
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
    return isinstance(node, ast.Assert) or name in ASSERTING or name.startswith("assert")
