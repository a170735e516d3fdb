"""Tests that somebody wrote are run on an app and on its mutants, and it is kept how each ends.

pytest runs them as it runs any, in a session of its own inside of the check that asks.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import functools
import gc
import inspect
import os
import tempfile
from collections.abc import Awaitable, Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from _pytest.assertion.rewrite import rewrite_asserts

from workshop.course import ROOT
from workshop.mutation.mutants import Mutant, Place, watched
from workshop.sandbox import suite

PATIENCE = 2.0
"""Seconds that one test may wait."""
RIGHT = "right"
"""The name of the app without a fault."""
MARK = "~"
"""Stands before the name of an app in the name of a test."""
UNUSED = (
    *suite.UNUSED,
    *("pastebin", "setuponly", "setupplan", "subtests", "unittest"),
    *("threadexception", "unraisableexception", "warnings"),
)
"""Plugins of pytest's own that nobody needs here, or that the outer session has already."""


class PatienceError(Exception):
    """A test did not come to its end."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one test ended on one app."""

    test: str
    app: str
    error: BaseException | None
    """None when it passed."""
    reached: frozenset[Place]
    """On the right app: the functions that it reached, of those with a fault elsewhere."""


@dataclass
class Trial:
    """A file of tests, the mutants that it is to catch, and how its tests have ended so far.

    A test that fails on the right app catches nothing. One that never reaches the function with a
    fault cannot notice the fault, so it is not asked.
    """

    file: Path
    shown: Path
    """The path that tracebacks name, when the file is a copy."""
    fixtures: ModuleType
    """The module with the fixtures that the tests may take."""
    mutants: Mapping[str, Mutant]
    module: ModuleType = field(init=False)
    ended: list[Ended] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.module = _load(self.file, self.shown)

    @property
    def modules(self) -> set[str]:
        """The modules that are tested."""
        return {mutant.module for mutant in self.mutants.values()}

    def on(self, app: str) -> list[Ended]:
        """Return how the tests ended on an app."""
        return [ended for ended in self.ended if ended.app == app]

    def caught(self, name: str) -> bool:
        """Say whether a test failed on the app with this fault."""
        return any(ended.error for ended in self.on(name))

    def has_caught(self, test: str) -> bool:
        """Say whether a test has failed on an app with a fault."""
        return any(e.error for e in self.ended if e.test == test and e.app != RIGHT)

    def worth(self, test: str, app: str) -> bool:
        """Say whether there is something to learn from a test on an app."""
        if app == RIGHT:
            return True
        place = self.mutants[app].place
        able = (e for e in self.on(RIGHT) if e.test == test and not e.error)
        return not self.caught(app) and any(place in ended.reached for ended in able)


@dataclass(frozen=True, slots=True)
class Session:
    """Where tests run: inside of a check, in this folder; `look` is awaited before each ends."""

    config: pytest.Config
    folder: Path
    look: Callable[[], Awaitable[None]]

    def run(self, trial: Trial, apps: Iterable[str], only: str = "") -> None:
        """Run the tests, or one of them, on these apps; keep how they end."""
        watcher = _Watcher(trial, list(apps), only, self)
        words = [
            str(trial.file),
            f"--rootdir={ROOT}",
            f"--config-file={ROOT / 'pyproject.toml'}",
            f"--basetemp={tempfile.mkdtemp(dir=self.folder)}",
            "--noconftest",
            *(word for name in UNUSED for word in ("-p", f"no:{name}")),
        ]
        with _alone():
            pytest.main(words, [*suite.PLUGINS, trial.fixtures, watcher])
        if watcher.trouble:
            raise watcher.trouble


class _Watcher:
    """A pytest plugin: brings the module and the apps, and writes down how each test ends."""

    def __init__(self, trial: Trial, apps: list[str], only: str, session: Session) -> None:
        self._trial = trial
        self._apps = apps
        self._only = only
        self._session = session
        self._error: BaseException | None = None
        self._reached: set[Place] = set()
        self._new = {app for app in apps if not trial.on(app)}
        self._seen: set[tuple[str, str]] = set()
        self._done: set[tuple[str, str]] = set()
        self.trouble: BaseException | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep pytest from quoting source, which takes longer than most tests."""
        config.option.tbstyle = "native"

    def pytest_pycollect_makemodule(
        self, module_path: Path, parent: pytest.Collector
    ) -> pytest.Module:
        """Take the module as it was loaded: from its source, under the path that is shown."""
        found: pytest.Module = pytest.Module.from_parent(parent, path=module_path)
        found.obj = self._trial.module
        return found

    @pytest.hookimpl(trylast=True)
    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Ask each test on each app."""
        ids = [MARK + app for app in self._apps]
        metafunc.parametrize("judged_app", self._apps, indirect=True, ids=ids)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Take one app after the other; let no test wait for ever.

        Each test has two chances: those that have caught nothing yet come first, because many a
        test is there for one fault.
        """
        for item in items:
            if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
                item.obj = self._patient(item.obj)
        groups = [[item for item in items if _parts(item)[1] == app] for app in self._apps]
        items[:] = [item for group in groups for item in group * 2]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Leave out what tells nothing new."""
        test, app = _parts(item)
        late = app in self._new and self._trial.has_caught(test)
        waits = late and (test, app) not in self._seen
        self._seen.add((test, app))
        if waits or (test, app) in self._done or self._only not in {"", test}:
            return True
        if not self._trial.worth(test, app):
            return True
        self._done.add((test, app))
        return None

    @pytest.fixture(autouse=True)
    def judged_app(self, request: pytest.FixtureRequest) -> Iterator[None]:
        """Put the fault in, or, where there is none, see which functions are reached."""
        faults = self._trial.mutants
        self._reached.clear()
        with contextlib.ExitStack() as stack:
            if request.param != RIGHT:
                stack.enter_context(faults[request.param].applied())
            else:
                for place in {mutant.place for mutant in faults.values()}:
                    reached = functools.partial(self._reached.add, place)
                    stack.enter_context(watched(place, reached))
            yield

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the first exception of a test; after its last fixture, keep how it ended."""
        report = yield
        if call.excinfo and not self._error:
            self._error = call.excinfo.value
        if call.when == "teardown":
            ended = Ended(*_parts(item), self._error, frozenset(self._reached))
            self._trial.ended.append(ended)
            self._error = None
        return report

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Let the outer session know both sides of a comparison that failed."""
        config = self._session.config
        config.hook.pytest_assertrepr_compare(config=config, op=op, left=left, right=right)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why the tests could not be collected."""
        if report.failed:
            self.trouble = LookupError(str(report.longrepr))

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what pytest itself stumbled over."""
        self.trouble = excinfo.value

    def _patient(self, test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """Return the test with an end to its patience."""

        @functools.wraps(test)
        async def limited(*args: Any, **options: Any) -> None:
            clock = asyncio.timeout(PATIENCE)
            try:
                async with clock:
                    await test(*args, **options)
            except TimeoutError as error:
                if clock.expired() and error.__cause__:
                    raise PatienceError().with_traceback(error.__cause__.__traceback__) from None
                raise
            finally:
                await self._session.look()

        return limited


def _parts(item: pytest.Item) -> tuple[str, str]:
    """Return the name of a test, without the app, and the app."""
    name, _, app = item.name.rpartition(MARK)
    return name.rstrip("[-") + "]" * ("-" in name[-1:]), app.removesuffix("]")


def _load(file: Path, shown: Path) -> ModuleType:
    """Return the module that a file makes, its assertions rewritten so that they tell both sides.

    No bytecode is read or written: that of another moment might be taken for it.
    """
    source = file.read_bytes()
    tree = ast.parse(source)
    rewrite_asserts(tree, source, str(shown))
    module = ModuleType(shown.stem)
    module.__file__ = str(file)
    exec(compile(tree, str(shown), "exec", dont_inherit=True), module.__dict__)  # noqa: S102
    return module


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep the outer session's settings from the inner one, and its objects from the collector."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        patch.setenv("PYTEST_CURRENT_TEST", os.environ.get("PYTEST_CURRENT_TEST", ""))
        for name in "PYTEST_ADDOPTS", "PYTEST_PLUGINS":
            patch.delenv(name, raising=False)
        gc.freeze()
        try:
            yield
        finally:
            gc.unfreeze()
