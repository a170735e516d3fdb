"""A pytest session inside of the running one, which runs a learner's tests on app after app."""

from __future__ import annotations

import contextlib
import functools
import tempfile
import unittest
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from _pytest.config import _prepareconfig

from workshop.course import ROOT
from workshop.mutation import inner_plugin
from workshop.mutation.mutants import FunctionName, calls_reported
from workshop.mutation.trial import RIGHT, Trial, TrialResult
from workshop.recorder import run_suite

UNUSED = (
    *sorted({*run_suite.UNUSED_PLUGINS} - {"capture", "cacheprovider"}),
    *("pastebin", "setuponly", "setupplan"),
    *("assertion", "threadexception", "unraisableexception"),
)
"""Plugins of pytest's own that nobody needs here, or that the outer session has already.

What a test can take is there: `capsys`, `cache` and `tmpdir`, unittest's classes, subtests.
"""
UNITTEST_FIXTURE = "_unittest_setUpClass_fixture_"
"""So begins the name of the fixture that pytest makes for each class of unittest's."""
Plan = Callable[[Iterable[str]], Iterable[tuple[str, str]]]
"""From the names of the tests to what is run, test and app; the next is taken when one ended."""


class InnerSession:
    """The inner session. Making one takes as long as a test or two, so it is made once.

    `pytest.main` makes one, runs everything and takes it down; this class does those parts of it
    that are needed, one by one.
    """

    def __init__(self, fixtures: ModuleType) -> None:
        self._collector = inner_plugin.ResultCollector()
        self._cache = tempfile.TemporaryDirectory(prefix="workshop-cache-")
        words = [
            f"--config-file={ROOT / 'pyproject.toml'}",
            "--noconftest",
            "--capture=no",  # a test may take `capsys`; nothing else is captured here
            f"--override-ini=cache_dir={self._cache.name}",
            *(word for name in UNUSED for word in ("-p", f"no:{name}")),
        ]
        plugins = [*run_suite.PLUGINS, inner_plugin, fixtures, self._collector]
        with inner_plugin.isolated():
            config = _prepareconfig(words, plugins)
            config._do_configure()
            self._session = pytest.Session.from_config(config)
            config.hook.pytest_sessionstart(session=self._session)

    def close(self) -> None:
        """Take the session down; it runs nothing any more."""
        self._session.config._ensure_unconfigure()
        self._cache.cleanup()

    def prepare(
        self, folders: pytest.TempPathFactory, before_end: Callable[[], Awaitable[None]]
    ) -> None:
        """Give the next tests their folders, and what is awaited before each ends."""
        self._session.config.stash[inner_plugin.TMP_PATH_FACTORY] = folders
        self._collector.before_end = before_end

    def run(self, trial: Trial, plan: Plan, results: list[TrialResult]) -> None:
        """Run the tests by the plan; append how each ends to the results.

        Raises what ends a run of pytest as a whole: KeyboardInterrupt, `pytest.exit.Exception`.
        """
        items = trial.items = trial.items or self._collect(trial)
        with contextlib.ExitStack() as stack:
            stack.callback(self._session._setupstate.teardown_exact, None)
            for test, app in plan([] if trial.collect_error else items):
                results.append(self._run_test(trial, test, app))

    def _collect(self, trial: Trial) -> dict[str, pytest.Item]:
        """Return the tests of a file as it was loaded, under the path that is displayed."""
        module: pytest.Module
        name = trial.display_path.name  # without it: none, for a file outside of the course
        module = pytest.Module.from_parent(self._session, path=trial.file, nodeid=name)
        module.obj = trial.module
        self._collector.collect_error = ""
        items = {_name(item): item for item in self._session.genitems(module)}
        trial.collect_error = self._collector.collect_error
        trial.sharing = _sharing(items)
        return items

    def _run_test(self, trial: Trial, test: str, app: str) -> TrialResult:
        """Run one test on one app.

        On the right app what a class or the module shares stays for the next test, as in any run
        of pytest. On a mutant it stays for those that share it; any other test starts anew, because
        those before it did not run.
        """
        item = trial.items[test]
        vars(item).pop("_instance", None)  # of a class: pytest makes one for each test
        vars(item).pop("_obj", None)
        self._collector.reset()
        reached: set[FunctionName] = set()
        next_item: pytest.Item | pytest.Module | None = item.getparent(pytest.Module)
        names = list(trial.items)
        after = next(iter(names[names.index(test) + 1 :]), "")
        if after and (app == RIGHT or after in trial.sharing[test]):
            next_item = trial.items[after]
        with contextlib.ExitStack() as stack:
            if app == RIGHT:
                for name in trial.mutated_functions:
                    report = functools.partial(reached.add, name)
                    stack.enter_context(calls_reported(name, report))
            else:
                stack.enter_context(trial.mutants[app].applied())
                stack.enter_context(inner_plugin.unraisable_ignored())
            item.ihook.pytest_runtest_protocol(item=item, nextitem=next_item)
        collector = self._collector
        return TrialResult(test, app, collector.outcome, collector.error, frozenset(reached))


@dataclass(frozen=True, slots=True)
class TrialRunner:
    """Runs tests in an inner session, with these folders; `before_end` is awaited in each test."""

    session: InnerSession
    folders: pytest.TempPathFactory
    before_end: Callable[[], Awaitable[None]]

    def run(self, trial: Trial, app: str) -> None:
        """Run the tests on an app, the right one or a mutant, unrecorded; keep how they end.

        Raises AssertionError when a test ends the whole run.
        """
        with self._unrecorded(trial):
            self._run(trial, lambda tests: trial.plan(tests, app), trial.results)

    def rerun_recorded(self, trial: Trial, test: str, app: str) -> None:
        """Run one test once more, recorded.

        Those that share fixtures with it run before it as ever, unrecorded. Raises AssertionError
        when a test ends the whole run.
        """
        self._run(trial, lambda _: self._up_to(trial, test, app), [])

    def _up_to(self, trial: Trial, test: str, app: str) -> Iterator[tuple[str, str]]:
        sharing = trial.sharing[test]
        with self._unrecorded(trial):
            yield from ((before, app) for before in sharing[: sharing.index(test)])
        yield test, app

    @contextlib.contextmanager
    def _unrecorded(self, trial: Trial) -> Iterator[None]:
        with (
            inner_plugin.unrecorded(),
            inner_plugin.sleep_refused(trial.module, str(trial.display_path)),
        ):
            yield

    def _run(self, trial: Trial, plan: Plan, results: list[TrialResult]) -> None:
        self.session.prepare(self.folders, self.before_end)
        with inner_plugin.isolated(), contextlib.chdir(Path.cwd()):
            try:
                self.session.run(trial, plan, results)
            except (KeyboardInterrupt, pytest.exit.Exception) as error:
                name = type(error).__name__
                raise AssertionError(f"{name} ends the whole run, not just a test.") from None


def _sharing(items: dict[str, pytest.Item]) -> dict[str, list[str]]:
    """Return by each test those that share fixtures with it: of its class, or of the whole file.

    Where one test of a class takes a fixture of the class, all of them run in order.
    """
    shared = {scope for item in items.values() for scope in _shared_scopes(item)}
    if "" in shared:
        return {test: list(items) for test in items}
    return {
        test: [each for each in items if _class(each) == _class(test)]
        if _class(test) in shared
        else [test]
        for test in items
    }


def _shared_scopes(item: pytest.Item) -> Iterator[str]:
    """Yield where a test shares fixtures: the name of its class, or "" for the file."""
    if not isinstance(item, pytest.Function):
        return
    for name, found in item._fixtureinfo.name2fixturedefs.items():
        scope = found[-1].scope
        if scope == "class" and not (name.startswith(UNITTEST_FIXTURE) and _is_plain(item.cls)):
            yield _class(_name(item))
        elif scope in {"module", "package"} or (scope == "session" and found[-1].baseid):
            yield ""


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
