"""The loader runs the learner's file from its source, and errors name their line."""

from __future__ import annotations

import linecache
import sys
from pathlib import Path

import pytest
from aiohttp import web

from workshop.recorder.loader import SubmissionError, load
from workshop.recorder.output import OutputLimitError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A learner's file in a step's folder."""
    folder = tmp_path / "exercises" / "step99_test"
    folder.mkdir(parents=True)
    return folder / "greet.py"


def test_the_source_runs_every_time(file):
    """A file with the same length and time is read again: no bytecode is written or read."""
    file.write_text("NAME = 'Ada'")
    assert load(file).NAME == "Ada"
    file.write_text("NAME = 'Eve'")
    assert load(file).NAME == "Eve"
    assert not (file.parent / "__pycache__").exists()


def test_a_copy_has_the_path_of_the_original(file, tmp_path):
    """Tracebacks of a copy quote the learner's file as it was when it ran."""
    copy = tmp_path / "copy" / "greet.py"
    copy.parent.mkdir()
    copy.write_text("\n\nraise ValueError('no')\n")
    with pytest.raises(ValueError, match="no") as caught:
        load(copy, shown=file)
    assert str(caught.traceback[-1].path) == str(file)
    assert linecache.getline(str(file), 3) == "raise ValueError('no')\n"


def test_neighbours_come_from_the_copy_and_afresh(file, tmp_path):
    """A relative import finds the file beside the copy, and imports it again each time."""
    copy = tmp_path / "copy" / "greet.py"
    copy.parent.mkdir()
    copy.write_text("from .names import NAMES\nNAMES.append('Ada')")
    (copy.parent / "names.py").write_text("NAMES = []")
    assert load(copy, shown=file).NAMES == ["Ada"]
    assert load(copy, shown=file).NAMES == ["Ada"]
    for name in [name for name in sys.modules if name.startswith("exercises.step99_test")]:
        del sys.modules[name]


def test_run_app_on_import(file):
    """web.run_app() on import raises SubmissionError, and is restored afterwards."""
    run_app = web.run_app
    file.write_text("from aiohttp import web\nweb.run_app(web.Application())")
    with pytest.raises(SubmissionError, match="run_app"):
        load(file)
    assert web.run_app is run_app


@pytest.mark.parametrize("error", [SystemExit, OutputLimitError])
def test_exceptions_that_would_end_pytest(error, file, monkeypatch):
    """SystemExit and endless output become an Exception with the learner's line."""
    monkeypatch.setattr("builtins.learners_error", error, raising=False)
    file.write_text("\nraise learners_error(1)")
    with pytest.raises(SubmissionError, match="while it was imported") as caught:
        load(file)
    assert isinstance(caught.value.__cause__, error)
    assert (caught.traceback[-1].path, caught.traceback[-1].lineno + 1) == (file, 2)


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        (b"NAME = 'Ada'\n\nOTHER = 'Ren\xe9'\n", 3, "not UTF-8"),
        (b"# Ren\xe9\n", 1, "not UTF-8"),
        ("NAME = 'Ada'\n".encode("utf-16"), 1, "not UTF-8|encoding"),
        (b"# coding: klingon\n", 1, "klingon"),
        (b"# coding: ascii\nNAME = 'Ren\xc3\xa9'\n", 2, "not ASCII"),
    ],
    ids=["latin-1", "comment", "utf-16", "unknown", "ascii"],
)
def test_an_encoding_that_does_not_fit(source, line, words, file):
    """Bytes in another encoding raise SyntaxError with the line and the expected encoding."""
    file.write_bytes(source)
    with pytest.raises(SyntaxError, match=f"encoding problem: .*({words})") as caught:
        load(file)
    assert (caught.value.filename, caught.value.lineno) == (str(file), line)


@pytest.mark.parametrize("source", ["NAME = 'René'", "# coding: latin-1\nNAME = 'René'"])
def test_an_encoding_that_fits(source, file):
    """UTF-8, with a BOM or without, and the encoding of the first line can be read."""
    encoding = "latin-1" if "coding" in source else "utf-8-sig"
    file.write_bytes(source.encode(encoding))
    assert load(file).NAME == "René"


def test_run_app_is_restored(file, monkeypatch):
    """A run_app that the file replaced stays; the loader's own replacement does not."""
    file.write_text("NAME = 'Ada'")
    load(file)
    assert web.run_app.__module__ == "aiohttp.web"
    file.write_text("from aiohttp import web\nweb.run_app = len")
    monkeypatch.setattr(web, "run_app", web.run_app)  # so that it is there after the test
    load(file)
    assert vars(web)["run_app"] is len
