"""The fixtures that the tests in this folder may take, and the judge that their suites take."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2
import pytest

from steps.step08_tests import db as database
from steps.step08_tests.tests import conftest
from steps.step08_tests.tests.conftest import *  # noqa: F403 - pytest finds fixtures by their names
from workshop.mutation.inner_pytest import InnerSession, TrialRunner
from workshop.mutation.judge import Judge, judge_of
from workshop.recorder.plugin import Recorder


def once(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method that does the same work once only, whoever it is asked of."""
    done: dict[object, Any] = {}

    def kept(self: object, *arguments: Any) -> Any:
        if arguments not in done:
            done[arguments] = method(self, *arguments)
        return done[arguments]

    return kept


COMPILE = once(jinja2.Environment.compile)


SESSION = pytest.StashKey[InnerSession]()
"""The pytest session in which the tests of all files run."""


def pytest_collection_modifyitems(config: pytest.Config) -> None:
    """Make the inner session now, so that no check has to wait for it; close it at the end."""
    config.stash[SESSION] = InnerSession(conftest)
    config.add_cleanup(config.stash[SESSION].close)


@pytest.fixture
def judge(
    request: pytest.FixtureRequest,
    exercise: ModuleType,
    recorder: Recorder,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Judge:
    """Whoever judges the tests in the file that a suite asks; the blogs are made for haste."""
    monkeypatch.setattr(jinja2.Environment, "compile", COMPILE)
    monkeypatch.setattr(database, "CONNECTIONS", 1)  # each is a thread; few ask at once
    runner = TrialRunner(
        request.config.stash[SESSION], tmp_path_factory, recorder.record_unfinished
    )
    return judge_of(request, Path(exercise.__file__ or ""), conftest, runner)
