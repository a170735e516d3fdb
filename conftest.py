"""Fixtures that every suite of the course shares, and `--tree`, which says whose code is asked.

`pytest exercises` asks the learner's files, `pytest exercises --tree=solutions` the reference.
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
from workshop.recorder.blocking_probe import Slow
from workshop.recorder.loader import SubmissionError, load
from workshop.recorder.plugin import Recorder
from workshop.terminal.pytest_summary import PytestSummary

if TYPE_CHECKING:
    from aiohttp.test_utils import TestClient
    from pytest_aiohttp.plugin import AiohttpClient, AiohttpServer

    Client = TestClient[web.Request, web.Application]


NAMED = ("exercises", "solutions")
"""The trees that mirror the suites; anything else is a folder of files."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--tree`."""
    parser.addoption(
        "--tree",
        default="exercises",
        metavar="TREE",
        help="whose files the suites in exercises/ ask: exercises, solutions or a folder of files",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Record what happens, unless the checker brought a recorder of its own."""
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
    """Keep what a check makes among the young objects, which are soon looked through."""
    gc.set_threshold(700, 100)


@pytest.fixture(autouse=True)
def _collected(request: pytest.FixtureRequest) -> Iterator[None]:
    """Find what a check lost before the next one begins: a warning must name the right one.

    It is set up first of all, so it comes last.
    """
    yield
    if course.exercise_of(request.path):
        gc.collect(1)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test write into the course's own folders, whatever its arguments are called."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _fast_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no check wait for a disk: its database has to survive no crash."""
    found = course.exercise_of(request.path)
    if found and (course.ROOT / "steps" / found.step / "db.py").is_file():
        database = importlib.import_module(f"steps.{found.step}.db")
        pragmas = getattr(database, "PRAGMAS", "").replace("NORMAL", "OFF")
        monkeypatch.setattr(database, "PRAGMAS", pragmas, raising=False)
        monkeypatch.setattr(database, "CONNECTIONS", 1, raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where an app keeps what it has to keep; every test starts with an empty folder."""
    return tmp_path / "data"


@pytest.fixture
def recorder(pytestconfig: pytest.Config) -> Recorder:
    """What this run writes down."""
    found = Recorder.of(pytestconfig)
    assert found, "pytest_configure brings one"
    return found


@pytest.fixture
def exercise(request: pytest.FixtureRequest) -> ModuleType:
    """The module under test, run afresh for every check."""
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
def slow(recorder: Recorder) -> Callable[[Callable[..., Any]], Slow]:
    """Make of a function one that takes long, and knows whether the event loop stood still.

    Put it in the place of the function; then ask for its `calls`, and for its `trouble`.
    """
    return lambda function: Slow(function, recorder.stalls)


def _folder(config: pytest.Config) -> Path:
    """Return the folder that `--tree` names."""
    return config.invocation_params.dir / str(config.getoption("--tree"))


@pytest.fixture
def asked(request: pytest.FixtureRequest) -> ModuleType:
    """The module with `create_app()`: the learner's in a suite, the step's own in a step's tests.

    It is imported where no event loop runs, as `python -m` does.
    """
    step = course.step_of(request.path)
    if step and request.path.is_relative_to(step.path):
        return importlib.import_module(f"steps.{step.folder}.app")
    module: ModuleType = request.getfixturevalue("exercise")
    return module


@pytest.fixture
async def app(asked: ModuleType, recorder: Recorder) -> web.Application:
    """What `create_app()` makes."""
    with recorder.calling(asked.create_app):
        made: Any = asked.create_app()
        if inspect.isawaitable(made):
            made = await made
        if not isinstance(made, web.Application):
            raise SubmissionError(
                f"create_app() gave {made!r} where a web.Application was expected."
                " Does it end with `return app`?"
            )
    recorder.watch(made)
    if "aiohttp_jinja2" in sys.modules:  # else there are no templates, and the import takes long
        from workshop.recorder.template_cache import share

        share(made)
    return made


@pytest.fixture
async def client(
    app: web.Application,
    aiohttp_server: AiohttpServer,
    aiohttp_client: AiohttpClient,
    recorder: Recorder,
) -> AsyncIterator[Client]:
    """A client that talks to `app`; every exchange is written down."""
    server = await aiohttp_server(app)  # first: where it cannot start, no client is left open
    client = cast("Client", await aiohttp_client(server))
    yield client
    await recorder.look()
