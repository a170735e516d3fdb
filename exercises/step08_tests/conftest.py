"""The fixtures that the tests in this folder may take, and the judge that their suites take."""

from pathlib import Path
from types import ModuleType

import pytest

from steps.step08_tests import db as database
from steps.step08_tests.tests import conftest
from steps.step08_tests.tests.conftest import *  # noqa: F403 - pytest finds fixtures by their names
from workshop.mutation.judge import Judge, judge_of
from workshop.mutation.trial import Session
from workshop.recorder import Recorder


@pytest.fixture
def judge(
    request: pytest.FixtureRequest,
    exercise: ModuleType,
    recorder: Recorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Judge:
    """Whoever judges the tests in the file that a suite asks."""
    fast = database.PRAGMAS.replace("NORMAL", "OFF")  # these databases need not survive a crash
    monkeypatch.setattr(database, "PRAGMAS", fast)
    session = Session(request.config, tmp_path, recorder.look)
    return judge_of(request, Path(exercise.__file__ or ""), conftest, session)
