"""Fixtures of the engine's tests: a copy of the course that a test may write to."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from workshop.course import ROOT
from workshop.tests.sites import Built, sphinx

COPIED = ("docs", "hub", "steps", "exercises", "solutions", "workshop")
FILES = ("conftest.py", "noxfile.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt")


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c() -> None:
    """Let programs that tests start hear Ctrl-C: a shell's background job hands on deaf ears."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the course, every exercise as it was handed out."""
    root = tmp_path / "a course"
    unwanted = shutil.ignore_patterns("__pycache__", "_build", "data", "hostile")
    for tree in COPIED:
        shutil.copytree(ROOT / tree, root / tree, ignore=unwanted)
    for name in FILES:
        shutil.copy(ROOT / name, root / name)
    for stub in (ROOT / "workshop" / "stubs").rglob("*.py"):
        shutil.copy(stub, root / "exercises" / stub.parent.name / stub.name)
    return root


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The whole site, built once."""
    return sphinx(ROOT / "docs", tmp_path_factory.mktemp("site") / "html")


@pytest.fixture(scope="session")
def frontend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the front end's source with its packages; skips where npm cannot get them."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not there; it comes with Node.js")
    folder = tmp_path_factory.mktemp("npm") / "frontend"
    shutil.copytree(ROOT / "frontend", folder, ignore=shutil.ignore_patterns("node_modules"))
    done = subprocess.run(
        [npm, "ci", "--prefer-offline"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"npm cannot install: {done.stderr.strip()[-300:]}")
    return folder
