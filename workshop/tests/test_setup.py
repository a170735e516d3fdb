"""Set-up on a fresh machine: what it decides; .ci/run does it for real."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from workshop import setup


@pytest.fixture
def calls(monkeypatch, tmp_path):
    """A set-up whose effects are written down; stamps and environments lie in a folder."""
    made = []
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", "/elsewhere")
    monkeypatch.setattr(subprocess, "call", lambda words, **_: made.append(words))
    monkeypatch.setattr(venv, "create", lambda folder, **_: made.append(["venv", folder]))
    monkeypatch.setattr(os, "execv", lambda python, words: sys.exit(words))
    monkeypatch.setattr(os, "chdir", lambda _: None)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    return made


def lacking(monkeypatch, *names):
    """Let these packages be missing."""
    monkeypatch.setattr(setup, "find_spec", lambda name: None if name in names else object())


def test_nothing_is_done_twice(calls, monkeypatch):
    """The second start finds the stamp."""
    lacking(monkeypatch, "aiohttp")
    setup.ensure()
    assert str(setup.REQUIREMENTS) in calls[0]
    lacking(monkeypatch)
    setup.ensure()
    assert len(calls) == 1


def test_an_environment_of_ones_own_is_left_alone(calls, monkeypatch):
    """Everything is there and somebody else put it there."""
    lacking(monkeypatch)
    setup.ensure()
    assert calls == []


def test_a_changed_list_is_installed(calls, monkeypatch):
    """After an update of the course the stamp no longer fits."""
    lacking(monkeypatch)
    setup._stamp().write_text("old")
    setup.ensure()
    assert len(calls) == 1


def test_developers_get_more(calls, monkeypatch):
    """The second command of the README needs the tools, too."""
    lacking(monkeypatch, "mypy")
    setup._stamp().write_text(setup._wanted())
    setup.ensure()
    assert calls == []
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    with pytest.raises(SystemExit):
        setup.ensure(developer=True)


def test_outside_an_environment_one_is_made(calls, monkeypatch, tmp_path):
    """The system's Python is left alone; the same command goes on in .venv."""
    lacking(monkeypatch, "aiohttp")
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    monkeypatch.setattr(os, "name", "posix")
    monkeypatch.setattr(sys, "argv", ["workshop", "list"])
    with pytest.raises(SystemExit) as again:
        setup.ensure()
    python = str(tmp_path / ".venv" / "bin" / "python")
    assert list(again.value.args[0]) == [python, "-m", "workshop", "list"]
    assert calls == [["venv", tmp_path / ".venv"]]


def test_without_a_network_it_goes_on_with_what_is_there(calls, monkeypatch, capsys):
    """A changed list is no reason to stop when everything can be imported."""
    lacking(monkeypatch)
    setup._stamp().write_text("old")
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    setup.ensure()
    assert "going on with what is there" in capsys.readouterr().err


def test_without_a_network_and_a_package_it_stops(calls, monkeypatch, capsys):
    """Code 2, and which package is missing."""
    lacking(monkeypatch, "aiohttp")
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    with pytest.raises(SystemExit) as end:
        setup.ensure()
    assert end.value.code == 2
    assert "still missing: aiohttp" in capsys.readouterr().err


def test_an_old_python_is_told(calls, monkeypatch, capsys):
    """With the versions that will do."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    with pytest.raises(SystemExit) as end:
        setup.ensure()
    assert end.value.code == 2
    assert "needs 3.11 to 3.13" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["setup.py", "__init__.py", "__main__.py"])
def test_old_pythons_can_read_it(name):
    """Else they would show a syntax error in place of the sentence."""
    text = (Path(setup.__file__).parent / name).read_text("utf-8")
    ast.parse(text, feature_version=(3, 7))


def test_only_the_standard_library_is_needed():
    """It runs before anything is installed."""
    tree = ast.parse(Path(setup.__file__).read_text("utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
