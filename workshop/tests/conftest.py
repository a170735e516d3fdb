"""Fixtures of the engine's tests, the sample, and the groups of pytest-xdist."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from pytest_aiohttp.plugin import AiohttpClient

from workshop.course import ROOT, Course, CourseError, copy_to
from workshop.runner import process_tree
from workshop.tests import learner_browser, live_server, sampling
from workshop.tests.sites import Built, sphinx

COSTLY = {"chromium", "frontend", "site"}
"""Expensive fixtures: all tests that use one run in the same xdist process."""


def pytest_report_header() -> list[str]:
    """Return a line with the sample, unless all tests run."""
    share = sampling.share()
    return [f"sample: one in {share}, chosen by seed {sampling.seed()}"] if share > 1 else []


@pytest.hookimpl(trylast=True)  # -k and -m have chosen by then
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect tests outside the sample, and put tests with expensive fixtures into one group."""
    left = (
        sampling.left_out(items, share, sampling.seed())
        if (share := sampling.share()) > 1
        else set()
    )
    if left:
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]
    for item in items:
        if COSTLY & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("site"))
    if config.getoption("loadgroup", False):
        _name_groups(items)


def _name_groups(items: list[pytest.Item]) -> None:
    """Append the xdist group to the id of each test: pytest-xdist distributes by it.

    pytest-xdist itself sets an attribute that pytest 9.2 ignores: pytest-dev/pytest-xdist#1386.
    """
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark and not item.nodeid.endswith(ending := f"@{mark.args[0]}"):
            item._id = type(item.id).parse(item.nodeid + ending)


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c() -> None:
    """Restore the default SIGINT handler: child processes of a background job ignore SIGINT."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A writable copy of the course with all stubs, without the answers and submissions."""
    return copy_to(tmp_path / "a course", without=("hostile", "answers", "submissions")).root


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The temporary folder of checks and workers; its name has a space and a non-ASCII letter."""
    folder = tmp_path / "tmp ordner ł"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def trees(monkeypatch: pytest.MonkeyPatch) -> list[process_tree.ProcessTree]:
    """The process trees that a test starts."""
    found: list[process_tree.ProcessTree] = []
    make = process_tree.ProcessTree.__init__

    def noted(tree: process_tree.ProcessTree) -> None:
        make(tree)
        found.append(tree)

    monkeypatch.setattr(process_tree.ProcessTree, "__init__", noted)
    return found


@pytest.fixture
def file(course: Course) -> Path:
    """The learner's file of the first exercise of the module's fixture `course`."""
    return course.exercises[0].file


@pytest.fixture
async def browser(course: Course, aiohttp_client: AiohttpClient) -> live_server.Browser:
    """An authenticated client of the live course of the module's fixture `course`."""
    client = await aiohttp_client(live_server.live_app(course))
    return await live_server.Browser(client).enter()


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all xdist processes of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site, built once by the first xdist process that needs it."""
    shared = _shared(tmp_path_factory)
    told = shared / "site.json"
    with FileLock(shared / "site.lock"):
        if told.exists():
            code, said, html = json.loads(told.read_text(encoding="utf-8"))
            return Built(code, said, Path(html))
        built = sphinx(ROOT / "docs", shared / "site" / "html")
        said = json.dumps([built.code, built.said, str(built.html)])
        told.write_text(said, encoding="utf-8")
        return built


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chromium that runs for all tests; skips when Chromium is not installed."""
    pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    try:
        with learner_browser.running_chromium(tmp_path_factory.mktemp("chromium")) as address:
            yield address
    except CourseError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def frontend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of frontend/ with its npm packages; skips when npm cannot install them."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not there; it comes with Node.js")
    shared = _shared(tmp_path_factory)
    folder = shared / "frontend"
    with FileLock(shared / "frontend.lock"):
        if folder.exists():
            return folder
        place = tmp_path_factory.mktemp("npm") / "frontend"
        shutil.copytree(ROOT / "frontend", place, ignore=shutil.ignore_patterns("node_modules"))
        words = [npm, "ci", "--prefer-offline"]
        done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"npm cannot install: {done.stderr.strip()[-300:]}")
        place.rename(folder)
    return folder
