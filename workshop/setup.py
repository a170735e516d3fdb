"""Set-up on a fresh machine: creates a virtual environment and installs the requirements in it.

The module imports the standard library only: it runs before any package is installed.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

from workshop import installer
from workshop.preflight import NEWEST, hiding_sentence

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
REQUIREMENTS_DEV = ROOT / "requirements-dev.txt"
PROJECT = ROOT / "pyproject.toml"
MODULES = {"pillow": "PIL"}
"""Modules of distributions whose name differs."""


def ensure(developer: bool = False) -> None:
    """Return when this Python has the required packages; else install them, or continue in `.venv`.

    Outside a virtual environment it creates `.venv` in the course's folder and runs the same
    command there. Ends the program with exit code 2 and a sentence when that is impossible.
    """
    if sys.version_info[:2] > NEWEST:
        version = "{}.{}; the course is tested up to {}.{}".format(*sys.version_info[:2], *NEWEST)
        _print(f"This is Python {version}.")
    if own := next((entry for name in needed(PROJECT) for entry in _hiding(name)), None):
        _exit(
            hiding_sentence(own, "the course's folder", own.partition("/")[0].removesuffix(".py"))
        )
    missing = _missing(developer)
    if not missing and _installed_digest() in (None, _requirements_digest()):
        return
    inside = sys.prefix != sys.base_prefix or "CONDA_PREFIX" in os.environ
    if not inside and missing:
        _run_again(_environment_python())
    _install(developer)


def needed(project: Path, developer: bool = False) -> list[str]:
    """Return the distributions that a pyproject.toml requires, for developers also those of `dev`.

    Left out are those with a condition, such as `; sys_platform != "win32"`.
    """
    settings = tomllib.loads(project.read_text("utf-8"))
    lines = [*settings["project"]["dependencies"]]
    lines += settings["dependency-groups"]["dev"] if developer else []
    return [re.split(r"[><=!~;\[ ]", line)[0] for line in lines if ";" not in line]


def _hiding(name: str) -> Iterator[str]:
    """Yield files of the course's folder that would hide a distribution, installed or not."""
    module = MODULES.get(name, name.replace("-", "_"))
    yield from (f for f in (f"{module}.py", f"{module}/__init__.py") if (ROOT / f).is_file())


def _missing(developer: bool) -> list[str]:
    return [name for name in needed(PROJECT, developer) if not is_installed(name)]


def is_installed(name: str) -> bool:
    """Return whether this Python has a distribution, of any version."""
    try:
        Distribution.from_name(name)
    except PackageNotFoundError:
        return False
    return True


def _marker_file() -> Path:
    return Path(sys.prefix) / "aiohttp-workshop-requirements.txt"


def _installed_digest() -> str | None:
    """Return the digest of the requirements installed by this program; None for none."""
    return _marker_file().read_text() if _marker_file().exists() else None


def _requirements_digest() -> str:
    return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()


def _environment_python() -> Path:
    """Return the Python of the course's own environment; create it if need be."""
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        _print(f"Making a virtual environment in {folder} ...")
        try:
            venv.create(folder, with_pip=True, clear=folder.is_dir())
        except subprocess.CalledProcessError:
            if not python.exists():
                _exit(
                    "The virtual environment could not be made. On Debian and Ubuntu: "
                    "sudo apt install python3-venv. Else make one by hand and activate it."
                )
        except (OSError, ValueError) as error:
            _exit(
                f"The virtual environment could not be made: {error}. Put the course into a folder"
                f' of your own without "{os.pathsep}" in its path, or make an environment'
                " elsewhere and activate it; then run the same command again."
            )
    return python


def _run_again(python: Path) -> None:
    """Run this same command with another Python, and end with its exit code."""
    words = [str(python), "-m", "workshop", *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.call(words, cwd=ROOT))  # noqa: S603 - this very program
    os.chdir(ROOT)
    os.execv(str(python), words)  # noqa: S606


def _install(developer: bool) -> None:
    """Install the pinned packages; on failure continue if every package is installed."""
    files = [REQUIREMENTS, *([REQUIREMENTS_DEV] if developer else [])]
    words = installer.install_command()
    if not words:
        _exit(
            f"The environment {sys.prefix} has no pip, and this Python cannot bring one (ensurepip"
            ' is missing). On Debian and Ubuntu type "sudo apt install python3-venv", elsewhere'
            " install Python from python.org. Then delete the folder of the environment, and run"
            " the same command again."
        )
    _print("Installing what the course needs (about a minute, only this once) ...")
    words += [word for file in files for word in ("-r", str(file))]
    count = sum("==" in line for file in files for line in file.read_text("utf-8").splitlines())
    code, output = installer.run_installer(words, count)
    if code == 0:
        _marker_file().write_text(_requirements_digest())
        return
    lacking = _missing(developer)
    if not lacking:
        _print("The newest pins could not be installed; going on with what is there.")
        return
    _print("\n".join(output[-installer.LAST_LINES :]))
    _exit(
        f"Not everything could be installed; still missing: {_shortened(lacking)}."
        f" {installer.reason(output)} Then run the same command again."
    )


def _shortened(names: Sequence[str]) -> str:
    """Return the first five names and the number of the others."""
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more


def _print(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def _exit(text: str) -> None:
    _print(text)
    sys.exit(2)
