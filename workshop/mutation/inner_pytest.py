"""A session of pytest's, inside of another, that runs tests on one app after the other."""

from __future__ import annotations

import contextlib
import functools
import tempfile
import unittest
from collections.abc import Awaitable, Callable, Iterable, Iterator
from types import ModuleType

import pytest
from _pytest.config import _prepareconfig

from workshop.course import ROOT
from workshop.mutation import clerk
from workshop.mutation.apart import alone, unheard
from workshop.mutation.mutants import Place, watched
from workshop.mutation.trial import RIGHT, Ended, Trial
from workshop.recorder import run_suite

UNUSED = (
    *sorted({*run_suite.UNUSED} - {"capture", "cacheprovider"}),
    *("pastebin", "setuponly", "setupplan"),
    *("assertion", "threadexception", "unraisableexception"),
)
"""Plugins of pytest's own that nobody needs here, or that the outer session has already.

What a test can take is there: `capsys`, `cache` and `tmpdir`, unittest's classes, subtests.
"""
Plan = Callable[[Iterable[str]], Iterable[tuple[str, str]]]
"""From the names of the tests to what is run, test and app; asked for the next when one ended."""


class Stage:
    """The inner session. Making one takes as long as a test or two, so it is made once.

    `pytest.main` makes one, runs everything and takes it down; so this does the parts of it that
    are needed, one by one.
    """

    def __init__(self, fixtures: ModuleType) -> None:
        self._clerk = clerk.Clerk()
        self._cache = tempfile.TemporaryDirectory(prefix="workshop-cache-")
        words = [
            f"--config-file={ROOT / 'pyproject.toml'}",
            "--noconftest",
            "--capture=no",  # a test may take `capsys`; nothing else is captured here
            f"--override-ini=cache_dir={self._cache.name}",
            *(word for name in UNUSED for word in ("-p", f"no:{name}")),
        ]
        with alone():
            config = _prepareconfig(words, [*run_suite.PLUGINS, clerk, fixtures, self._clerk])
            config._do_configure()
            self._session = pytest.Session.from_config(config)
            config.hook.pytest_sessionstart(session=self._session)

    def close(self) -> None:
        """Take it down; it runs nothing any more."""
        self._session.config._ensure_unconfigure()
        self._cache.cleanup()

    def equip(self, folders: pytest.TempPathFactory, look: Callable[[], Awaitable[None]]) -> None:
        """Give the next tests their folders, and what is awaited before each ends."""
        self._session.config.stash[clerk.FOLDERS] = folders
        self._clerk.look = look

    def run(self, trial: Trial, plan: Plan, ended: list[Ended]) -> None:
        """Go by the plan; keep how each test ends.

        Raises what ends a run of pytest's as a whole.
        """
        items = trial.items = trial.items or self._collect(trial)
        with contextlib.ExitStack() as stack:
            stack.callback(self._session._setupstate.teardown_exact, None)
            for test, app in plan([] if trial.trouble else items):
                ended.append(self._call(trial, test, app))

    def _collect(self, trial: Trial) -> dict[str, pytest.Item]:
        """Return the tests of a file as it was loaded: from its source, under the path shown."""
        module: pytest.Module
        name = trial.shown.name  # without it: none, for a file that lies outside of the course
        module = pytest.Module.from_parent(self._session, path=trial.file, nodeid=name)
        module.obj = trial.module
        self._clerk.trouble = ""
        items = {_name(item): item for item in self._session.genitems(module)}
        trial.trouble = self._clerk.trouble
        trial.together = _together(items)
        return items

    def _call(self, trial: Trial, test: str, app: str) -> Ended:
        """Run one test on one app.

        On the right app what a class or the module shares stays for the next test, as in any run
        of pytest. On a mutant it stays for those that share it; any other test starts anew, because
        those before it were not asked.
        """
        item = trial.items[test]
        vars(item).pop("_instance", None)  # of a class: pytest makes one for each test
        vars(item).pop("_obj", None)
        self._clerk.start()
        reached: set[Place] = set()
        following: pytest.Item | pytest.Module | None = item.getparent(pytest.Module)
        after = _after(test, trial.items)
        if after and (app == RIGHT or after in trial.together[test]):
            following = trial.items[after]
        with contextlib.ExitStack() as stack:
            if app == RIGHT:
                for place in trial.places:
                    stack.enter_context(watched(place, functools.partial(reached.add, place)))
            else:
                stack.enter_context(trial.mutants[app].applied())
                stack.enter_context(unheard())
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return Ended(test, app, self._clerk.outcome, self._clerk.error, frozenset(reached))


def _after(test: str, items: dict[str, pytest.Item]) -> str:
    """Return the name of the test that follows in the file, if there is one."""
    names = list(items)
    return next(iter(names[names.index(test) + 1 :]), "")


def _together(items: dict[str, pytest.Item]) -> dict[str, list[str]]:
    """Return by each test those that share fixtures with it: of its class, or of the whole file.

    Where one test of a class takes a fixture of the class, all of them run in order.
    """
    shared = {scope for item in items.values() for scope in _shared_by(item)}
    if "" in shared:
        return {test: list(items) for test in items}
    return {
        test: [each for each in items if _class(each) == _class(test)]
        if _class(test) in shared
        else [test]
        for test in items
    }


def _shared_by(item: pytest.Item) -> Iterator[str]:
    """Yield what a test shares fixtures with: the name of its class, or "" for the file."""
    if not isinstance(item, pytest.Function):
        return
    for name, found in item._fixtureinfo.name2fixturedefs.items():
        scope = found[-1].scope
        if scope == "class" and not (name.startswith(UNITTEST) and _is_plain(item.cls)):
            yield _class(_name(item))
        elif scope in {"module", "package"} or (scope == "session" and found[-1].baseid):
            yield ""


UNITTEST = "_unittest_setUpClass_fixture_"
"""So begins the name of the fixture that pytest makes for each class of unittest's."""


def _is_plain(cls: type[unittest.TestCase]) -> bool:
    """Say whether a class has no `setUpClass` and no `tearDownClass` of its own."""
    names = ("setUpClass", "tearDownClass")
    plain = [getattr(unittest.TestCase, name).__func__ for name in names]
    return [getattr(cls, name).__func__ for name in names] == plain


def _class(test: str) -> str:
    """Return the name of the outermost class of a test; "" for a function."""
    return test.partition("[")[0].rpartition("::")[0].partition("::")[0]


def _name(item: pytest.Item) -> str:
    """Return the name of a test within its file: `test_read`, or `TestReading::test_read`."""
    return item.nodeid.partition("::")[2]
