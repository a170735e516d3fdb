"""A file of tests and its mutants: which test is run on which app, and how each has ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest
from _pytest.assertion.rewrite import rewrite_asserts

from workshop.course.suite import parse
from workshop.mutation.mutants import Mutant, Place

RIGHT = "right"
"""The name of the app without a fault."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one test ended on one app."""

    test: str
    app: str
    outcome: str
    """As pytest counts it: passed, failed, skipped, xfailed or xpassed."""
    error: BaseException | None
    """What it raised; None when it passed."""
    reached: frozenset[Place]
    """On the right app: the functions that it reached, of those with a fault elsewhere."""


@dataclass
class Trial:
    """A file of tests, the mutants that it is to catch, and how its tests have ended so far.

    A test that does not pass on the right app catches nothing. One that never reaches the
    function with a fault cannot notice the fault, so it is not asked.
    """

    file: Path
    shown: Path
    """The path that tracebacks name, when the file is a copy."""
    fixtures: ModuleType
    """The module with the fixtures that the tests may take."""
    mutants: Mapping[str, Mutant]
    module: ModuleType = field(init=False)
    items: dict[str, pytest.Item] = field(default_factory=dict)
    """The tests, once they are collected."""
    together: dict[str, list[str]] = field(default_factory=dict)
    """By each test those that share fixtures with it, itself among them, as in the file."""
    heard: set[str] = field(default_factory=set)
    """The apps on which they have run."""
    ended: list[Ended] = field(default_factory=list)
    trouble: str = ""
    """Why pytest finds no tests to run."""

    def __post_init__(self) -> None:
        self.module = _load(self.file, self.shown)

    @property
    def places(self) -> set[Place]:
        """The functions that have a fault in one of the mutants."""
        return {mutant.place for mutant in self.mutants.values()}

    def on(self, app: str) -> list[Ended]:
        """Return how the tests ended on an app."""
        return [ended for ended in self.ended if ended.app == app]

    def passed(self) -> list[Ended]:
        """Return the tests that passed on the right app: no other can catch anything."""
        return [ended for ended in self.on(RIGHT) if ended.outcome == "passed"]

    def able(self, name: str) -> list[str]:
        """Return the tests that can notice a fault, as in the file."""
        return [e.test for e in self.passed() if self.mutants[name].place in e.reached]

    def caught(self, name: str) -> bool:
        """Say whether a test failed on the app with this fault."""
        passed = {ended.test for ended in self.passed()}
        return any(e.outcome == "failed" and e.test in passed for e in self.on(name))

    def plan(self, tests: Iterable[str], app: str) -> Iterator[tuple[str, str]]:
        """Yield test and app, one after the other.

        On a mutant only the tests that can notice it are asked, until one does. First comes one
        that has the fault in its name, then those that have caught nothing yet, because many a
        test is there for one fault; of these the one as far down the file as the fault its list.
        Tests that share fixtures may build on each other, so they all run, in their order.
        """
        if app == RIGHT:
            yield from ((test, app) for test in tests)
            return
        for test in sorted(self.able(app), key=lambda test: self._unlikely(test, app)):
            asked = {ended.test for ended in self.on(app)}
            for each in self.together[test] if test not in asked else ():
                if self.caught(app):
                    return
                yield each, app

    def _unlikely(self, test: str, app: str) -> tuple[bool, bool, float]:
        """Return what puts a test behind others that may catch a fault."""
        tests, apps = [ended.test for ended in self.on(RIGHT)], list(self.mutants)
        caught = any(e.outcome == "failed" for e in self.ended if e.test == test and e.app != RIGHT)
        away = abs(tests.index(test) / len(tests) - apps.index(app) / len(apps))
        return app not in test, caught, away


def _load(file: Path, shown: Path) -> ModuleType:
    """Return the module that a file makes, its assertions rewritten so that they tell both sides.

    No bytecode is read or written: that of another moment might be taken for it.
    """
    source = file.read_bytes()
    tree = parse(source)
    rewrite_asserts(tree, source, str(shown))
    module = ModuleType(shown.stem)
    module.__file__ = str(file)
    exec(compile(tree, str(shown), "exec", dont_inherit=True), module.__dict__)  # noqa: S102
    return module
