"""Set-up on a fresh machine: a virtual environment, and in it what the course needs.

Only the standard library is used here, and nothing newer than Python 3.8 can read:
this runs before anything is installed, under whatever Python the learner has.
"""

import hashlib
import os
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
REQUIREMENTS_DEV = ROOT / "requirements-dev.txt"
OLDEST, NEWEST = (3, 11), (3, 13)
NEEDED = (
    "PIL",
    "aiohttp",
    "aiohttp_jinja2",
    "aiohttp_remotes",
    "aiohttp_session",
    "aiosqlite",
    "cattrs",
    "click",
    "coverage",
    "furo",
    "myst_nb",
    "myst_parser",
    "nox",
    "packaging",
    "prompt_toolkit",
    "psutil",
    "pytest",
    "pytest_aiohttp",
    "requests",
    "rich",
    "sphinx",
    "sphinx_copybutton",
    "sphinx_design",
    "trustme",
    "watchfiles",
)
DEVELOPERS = ("mypy", "playwright", "pyte", "pytest_randomly", "ruff", "xdist")


def ensure(developer: bool = False) -> None:
    """Return when this Python has what the course needs; else set it up, or go on in `.venv`.

    Outside a virtual environment it makes `.venv` in the course's folder and starts the same
    command again there. Ends the program with code 2 and a sentence when that is impossible.
    """
    _right_python()
    missing = _missing(developer)
    if not missing and _installed() in (None, _wanted()):
        return
    inside = sys.prefix != sys.base_prefix or "CONDA_PREFIX" in os.environ
    if not inside and missing:
        _again(_environment())
    _install(developer)


def _right_python() -> None:
    version = sys.version_info[:2]
    if version < OLDEST:
        _stop(
            "This is Python {}.{}; the course needs {}.{} to {}.{}. Install one from python.org "
            "and start it by its name, such as python3.13 (Windows: py -3.13).".format(
                *version, *OLDEST, *NEWEST
            )
        )
    if version > NEWEST:
        print(  # noqa: T201 - nothing but print is installed yet
            "This is Python {}.{}; the course is tested up to {}.{}.".format(*version, *NEWEST),
            file=sys.stderr,
        )


def _missing(developer: bool) -> list[str]:
    names = NEEDED + (DEVELOPERS if developer else ())
    return [name for name in names if find_spec(name) is None]


def _stamp() -> Path:
    return Path(sys.prefix) / "aiohttp-workshop-requirements.txt"


def _installed() -> str | None:
    """Return what was installed here by this program, or None if somebody else did it."""
    return _stamp().read_text() if _stamp().exists() else None


def _wanted() -> str:
    return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()


def _environment() -> Path:
    """Return the Python of the course's own environment, made if need be."""
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        _say(f"Making a virtual environment in {folder} ...")
        try:
            venv.create(folder, with_pip=True, clear=folder.exists())
        except (OSError, subprocess.CalledProcessError) as error:
            _stop(
                f"The virtual environment could not be made: {error}. On Debian and Ubuntu: "
                "sudo apt install python3-venv. Else make one by hand and activate it."
            )
    return python


def _again(python: Path) -> None:
    """Run this same command under another Python, and end with its exit code."""
    words = [str(python), "-m", "workshop", *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.call(words, cwd=ROOT))  # noqa: S603 - this very program
    os.chdir(ROOT)
    os.execv(str(python), words)  # noqa: S606


def _install(developer: bool) -> None:
    """Install the pinned packages; without a network, go on if they are there all the same."""
    words = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    words += ["-r", str(REQUIREMENTS)]
    if developer:
        words += ["-r", str(REQUIREMENTS_DEV)]
    _say("Installing what the course needs (about a minute, only this once) ...")
    if subprocess.call(words):  # noqa: S603 - pip, with our own arguments
        lacking = _missing(developer)
        if lacking:
            _stop(
                "Not everything could be installed; still missing: {}. Is there a network? "
                "Then run the same command again.".format(", ".join(lacking))
            )
        _say("The newest pins could not be installed; going on with what is there.")
        return
    _stamp().write_text(_wanted())


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def _stop(text: str) -> None:
    _say(text)
    sys.exit(2)
