"""Set-up on a fresh machine: what it decides; .ci/run does it for real."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

import pytest

from workshop import installer, preflight, setup


def noting(made, code):
    """Return what notes the commands of an installer, and how they end."""

    def follow(words, expected=0):
        made.append(words)
        return code, []

    return follow


@pytest.fixture
def calls(monkeypatch, tmp_path):
    """A set-up whose effects are written down; stamps and environments lie in a folder."""
    made: list[list[object]] = []
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", "/elsewhere")
    monkeypatch.setattr(installer, "run_installer", noting(made, 0))
    monkeypatch.setattr(venv, "create", lambda folder, **_: made.append(["venv", folder]))
    monkeypatch.setattr(os, "execv", lambda python, words: sys.exit(words))
    monkeypatch.setattr(os, "chdir", lambda _: None)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    return made


def lacking(monkeypatch, *names):
    """Let these packages be missing."""
    monkeypatch.setattr(setup, "is_installed", lambda name: name not in names)


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
    setup._marker_file().write_text("old")
    setup.ensure()
    assert len(calls) == 1


def test_developers_get_more(calls, monkeypatch):
    """The second command of the README needs the tools, too."""
    lacking(monkeypatch, "mypy")
    setup._marker_file().write_text(setup._requirements_digest())
    setup.ensure()
    assert calls == []
    monkeypatch.setattr(installer, "run_installer", lambda *_: (1, ["no route"]))
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
    setup._marker_file().write_text("old")
    monkeypatch.setattr(installer, "run_installer", lambda *_: (1, ["no route"]))
    setup.ensure()
    assert "going on with what is there" in capsys.readouterr().err


def test_without_a_network_and_a_package_it_stops(calls, monkeypatch, capsys):
    """Code 2, and which package is missing."""
    lacking(monkeypatch, "aiohttp")
    monkeypatch.setattr(installer, "run_installer", lambda *_: (1, ["no route"]))
    with pytest.raises(SystemExit) as end:
        setup.ensure()
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert "still missing: aiohttp" in said
    assert "no route" in said, "what the installer said last is shown"


OLD = ("python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10")


@pytest.mark.parametrize("name", OLD)
def test_an_old_python_is_told(name):
    """In one sentence, with the versions that will do; code 2. None of them meets new syntax."""
    kept = (Path.home() / ".pyenv" / "versions").glob(f"*/bin/{name}")
    found = next(kept, None) or Path("/usr/bin", name)
    if not found.exists():
        pytest.skip(f"{name} is not there")
    words = [str(found), "-B", "-m", "workshop"]
    done = subprocess.run(words, cwd=setup.ROOT, capture_output=True, text=True, check=False)
    version = name.removeprefix("python")
    assert done.returncode == 2
    assert done.stderr.startswith(f"This is Python {version}; the course needs 3.11 to 3.13. ")
    assert done.stderr.count("\n") == 1


def test_an_old_python_in_an_environment_is_told(monkeypatch, tmp_path):
    """Whoever made .venv with an old Python has to delete it."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    monkeypatch.setattr(preflight, "ROOT", str(tmp_path))
    assert "delete the folder .venv" in preflight.too_old()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "other"))
    assert "leave it" in preflight.too_old()
    assert ".venv" not in preflight.too_old()


@pytest.mark.parametrize("name", ["preflight.py", "__init__.py", "__main__.py"])
def test_old_pythons_can_read_it(name):
    """Else they would show a syntax error in place of the sentence."""
    text = (Path(setup.__file__).parent / name).read_bytes().decode("ascii")
    tree = ast.parse(text, feature_version=(3, 7))
    annotated = (ast.AnnAssign, ast.JoinedStr, ast.NamedExpr)
    assert not [node for node in ast.walk(tree) if isinstance(node, annotated)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [one for one in functions if one.returns]


HIDING = ("aiohttp.py", "click.py", "asyncio.py", "rich.py", "pytest.py", "subprocess.py", "PIL/")


@pytest.mark.parametrize("entry", HIDING)
def test_a_file_that_hides_a_module_is_named(entry, tmp_path):
    """Where it lies, and what to do: the course has not started yet, whatever it hides."""
    for name in ("__init__.py", "__main__.py", "preflight.py", "setup.py", "installer.py"):
        (tmp_path / "workshop").mkdir(exist_ok=True)
        shutil.copy(Path(setup.__file__).parent / name, tmp_path / "workshop")
    file = tmp_path / (f"{entry}__init__.py" if entry.endswith("/") else entry)
    file.parent.mkdir(exist_ok=True)
    file.write_text("x = 1\n")
    words = [sys.executable, "-B", "-m", "workshop", "list"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr
    name = entry.strip("/")
    assert f"{name} in the course's folder hides" in done.stderr
    assert f"rename it, for example to my_{name}." in done.stderr


def test_a_file_of_any_other_name_hides_nothing(tmp_path):
    """Notes, the course's own files, an exercise that is called as a module is."""
    for name in ("notes.py", "conftest.py", "test.py", "aiohttp.txt", "resource.py", "greet.py"):
        (tmp_path / name).touch()
    (tmp_path / "aiohttp").mkdir()  # without __init__.py the package comes first
    assert preflight.hidden(str(tmp_path), ("resource", "greet")) == ""
    assert "resource.py" in preflight.hidden(str(tmp_path))


def test_a_package_that_is_not_installed_yet_is_hidden_as_well(calls, monkeypatch, capsys):
    """On a fresh machine it would look as if it were installed."""
    lacking(monkeypatch)
    (setup.ROOT / "click.py").touch()
    with pytest.raises(SystemExit) as end:
        setup.ensure()
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("click.py in the course's folder hides the package")


def test_a_package_is_hidden_by_its_module(calls, monkeypatch, capsys):
    """The distribution pillow has the module PIL; aiohttp-session has aiohttp_session."""
    lacking(monkeypatch)
    for entry in ("PIL", "aiohttp_session"):
        folder = setup.ROOT / entry
        folder.mkdir()
        (folder / "__init__.py").touch()
        with pytest.raises(SystemExit) as end:
            setup.ensure()
        assert end.value.code == 2
        said = capsys.readouterr().err
        assert said.startswith(f"The folder {entry} in the course's folder hides the package")
        shutil.rmtree(folder)


def test_what_is_needed_stands_in_the_settings(tmp_path):
    """Names without versions and extras; what only some systems need is left out."""
    project = tmp_path / "pyproject.toml"
    project.write_text(
        """[project]
        dependencies = ["aiohttp>=3.14,<3.15", "aiohttp-session[secure]", "pillow", "attrs ~=23"]
        [dependency-groups]
        dev = ["mypy", "pexpect; sys_platform != 'win32'"]
        """
    )
    names = ["aiohttp", "aiohttp-session", "pillow", "attrs"]
    assert setup.needed(project) == names
    assert setup.needed(project, developer=True) == [*names, "mypy"]


@pytest.mark.parametrize("name", ["pytest-aiohttp", "Pytest_AIOHTTP", "prompt-toolkit", "pillow"])
def test_a_package_is_found_by_the_name_of_its_distribution(name):
    """However the name is spelled."""
    assert setup.is_installed(name)
    assert not setup.is_installed(f"{name}-nobody-made")


def test_each_package_has_the_module_that_could_be_hidden():
    """The table of modules has every distribution whose module is called otherwise."""
    for name in setup.needed(setup.PROJECT):
        assert find_spec(setup.MODULES.get(name, name.replace("-", "_"))), name


def test_an_environment_without_pip_gets_one(monkeypatch):
    """By uv, where that is; else Python brings its own; else there is no command."""
    ran: list[list[str]] = []
    monkeypatch.setattr(installer, "find_spec", lambda _: None)
    monkeypatch.setattr(installer, "run_installer", noting(ran, 0))
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/uv")
    assert installer.install_command()[:3] == ["/bin/uv", "pip", "install"]
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert installer.install_command()[1:4] == ["-m", "pip", "install"]
    assert ran[0][1:3] == ["-m", "ensurepip"]
    monkeypatch.setattr(installer, "run_installer", noting(ran, 1))
    assert installer.install_command() == []


def test_without_any_installer_it_says_what_to_type(calls, monkeypatch, capsys):
    """Debian without python3-venv."""
    lacking(monkeypatch, "aiohttp")
    monkeypatch.setattr(installer, "install_command", list)
    with pytest.raises(SystemExit) as end:
        setup.ensure()
    assert end.value.code == 2
    assert "sudo apt install python3-venv" in capsys.readouterr().err


def talker(*lines, code=0):
    """The words of a program that says these lines."""
    program = f"import sys; print({chr(10).join(lines)!r}); sys.exit({code})"
    return [sys.executable, "-c", program]


def test_an_installer_is_followed_out_of_sight(capfd):
    """Its warnings are not shown, how far it is, is."""
    noise = ["WARNING: Location 'http://127.0.0.1:9/' is ignored"] * 30
    lines = [line for n in range(20) for line in (noise[n], f"Collecting thing{n}==1 (from x)")]
    code, said = installer.run_installer(talker(*lines, code=3), 20)
    shown = capfd.readouterr()
    assert code == 3
    assert said == lines
    assert shown.out == ""
    assert shown.err == "  10 of 20: thing9==1\n  20 of 20: thing19==1\n"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Could not fetch URL: [Errno 28] No space left on device", "The disk is full"),
        ("NewConnectionError: Failed to establish a new connection", "Is there a network"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "--cert"),
        ("ERROR: Could not install packages: [Errno 13] Permission denied", "may not be written"),
    ],
)
def test_why_it_failed_is_one_sentence(said, told):
    """And says what to do."""
    assert told in installer.reason(["Collecting aiohttp", said, ""])


@pytest.mark.parametrize("error", [ValueError("':' in path"), PermissionError(13, "denied")])
def test_an_environment_that_cannot_be_made(calls, monkeypatch, capsys, error):
    """A colon in the path, a folder of somebody else's: a sentence, code 2."""

    def refuse(*_, **__):
        raise error

    lacking(monkeypatch, "aiohttp")
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    monkeypatch.setattr(venv, "create", refuse)
    with pytest.raises(SystemExit) as end:
        setup.ensure()
    assert end.value.code == 2
    assert "folder of your own" in capsys.readouterr().err


def test_only_the_standard_library_is_needed():
    """It runs before anything is installed."""
    own = {"workshop", "workshop.preflight", "workshop.installer", "workshop.setup"}
    for module in (installer, preflight, setup):
        tree = ast.parse(Path(module.__file__ or "").read_text("utf-8"))
        names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert {name.partition(".")[0] for name in names - own} <= sys.stdlib_module_names
