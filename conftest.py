"""Fixtures of all suites and steps, and the option `--tree`, which selects the tested files.

`pytest exercises` tests the learner's files, `pytest exercises --tree=solutions` the solutions.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

import pytest
from aiohttp import web

from workshop import course
from workshop.advice.explain import explain
from workshop.recorder.blocking_probe import BlockingProbe
from workshop.recorder.loader import SubmissionError, load
from workshop.recorder.plugin import Recorder
from workshop.terminal.pytest_summary import PytestSummary

if TYPE_CHECKING:
    from aiohttp.test_utils import TestClient
    from pytest_aiohttp.plugin import AiohttpClient, AiohttpServer

    Client = TestClient[web.Request, web.Application]


NAMED = ("exercises", "solutions")
"""Trees that have the folders of the steps; another value of `--tree` is a folder of files."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option `--tree`."""
    parser.addoption(
        "--tree",
        default="exercises",
        metavar="TREE",
        help="whose files the suites in exercises/ ask: exercises, solutions or a folder of files",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register a recorder, unless the checker has registered its own.

    Raises pytest.UsageError when `--tree` is not a folder.
    """
    tree = config.getoption("--tree")
    if tree not in NAMED and not (config.invocation_params.dir / tree).is_dir():
        raise pytest.UsageError(
            f"--tree={tree}: there is no such folder."
            " Take exercises (yours), solutions, or the path of a folder with your files."
        )
    if Recorder.of(config) is None:
        config.pluginmanager.register(Recorder(None, explain))
        config.pluginmanager.register(PytestSummary())


def pytest_collection_finish() -> None:
    """Raise the threshold of generation 1, so that `gc.collect(1)` finds all objects of a check."""
    gc.set_threshold(700, 100)


@pytest.fixture(autouse=True)
def _collected(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect garbage after each check, so that a ResourceWarning names the right check.

    pytest sets this fixture up first, so its teardown runs last.
    """
    yield
    if course.exercise_of(request.path):
        gc.collect(1)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set WORKSHOP_DATA to an empty folder, so that no test writes into the course."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _fast_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch syncing of the database off during a check, which saves time."""
    found = course.exercise_of(request.path)
    if found and (course.ROOT / "steps" / found.step / "db.py").is_file():
        database = importlib.import_module(f"steps.{found.step}.db")
        pragmas = getattr(database, "PRAGMAS", "").replace("NORMAL", "OFF")
        monkeypatch.setattr(database, "PRAGMAS", pragmas, raising=False)
        monkeypatch.setattr(database, "CONNECTIONS", 1, raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder for the data of an app; it is empty when a test starts."""
    return tmp_path / "data"


@pytest.fixture
def recorder(pytestconfig: pytest.Config) -> Recorder:
    """The recorder of this run."""
    found = Recorder.of(pytestconfig)
    assert found, "pytest_configure brings one"
    return found


@pytest.fixture
def exercise(request: pytest.FixtureRequest) -> ModuleType:
    """The module under test, executed anew for every check.

    Raises SubmissionError when the tree does not have the file.
    """
    found = course.exercise_of(request.path)
    assert found, f"{request.path} is no suite in exercises/"
    tree = request.config.getoption("--tree")
    folder = course.ROOT / tree / found.step if tree in NAMED else _folder(request.config)
    file = folder / found.file.name
    if not file.exists():
        raise SubmissionError(
            f"{tree} has no file {file.name}."
            f' "python -m workshop reset {found.name}" brings the original back.'
        )
    return load(file) if tree in NAMED else load(file, shown=found.file)


@pytest.fixture
def slow(recorder: Recorder) -> Callable[[Callable[..., Any]], BlockingProbe]:
    """Wrap a function so that a call takes long and detects whether the event loop is blocked.

    Replace the function by the result; its `calls` and its `trouble` say what happened.
    """
    return lambda function: BlockingProbe(function, recorder.loop_stalls)


def _folder(config: pytest.Config) -> Path:
    """Return the folder that `--tree` names."""
    return config.invocation_params.dir / str(config.getoption("--tree"))


@pytest.fixture
def app_module(request: pytest.FixtureRequest) -> ModuleType:
    """The module with `create_app()`: the learner's file in a suite, the app in tests of a step.

    It is imported without a running event loop, as by `python -m`.
    """
    step = course.step_of(request.path)
    if step and request.path.is_relative_to(step.path):
        return importlib.import_module(f"steps.{step.folder}.app")
    module: ModuleType = request.getfixturevalue("exercise")
    return module


@pytest.fixture
async def app(app_module: ModuleType, recorder: Recorder) -> web.Application:
    """The application that `create_app()` returns.

    Raises SubmissionError when it returns something else.
    """
    with recorder.recording_errors(app_module.create_app):
        made: Any = app_module.create_app()
        if inspect.isawaitable(made):
            made = await made
        if not isinstance(made, web.Application):
            raise SubmissionError(
                f"create_app() gave {made!r} where a web.Application was expected."
                " Does it end with `return app`?"
            )
    recorder.record_app(made)
    if "aiohttp_jinja2" in sys.modules:  # else there are no templates, and the import is slow
        from workshop.recorder.template_cache import share_compiled_templates

        share_compiled_templates(made)
    return made


@pytest.fixture
async def client(
    app: web.Application,
    aiohttp_server: AiohttpServer,
    aiohttp_client: AiohttpClient,
    recorder: Recorder,
) -> AsyncIterator[Client]:
    """A test client of `app`; the recorder records every exchange."""
    server = await aiohttp_server(app)  # first: if it cannot start, no client stays open
    client = cast("Client", await aiohttp_client(server))
    yield client
    await recorder.record_unfinished()
