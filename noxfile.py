"""The menu of the course. `nox -l` shows it; words after `--` go on to the program that is run.

A learner's sessions (step01, step02, …) use the Python that nox runs in: nothing is installed,
so they work without a network. So does bench. Everything else gets an environment of its own,
or, with `nox --no-venv`, uses this one.
"""

import functools
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nox

ROOT = Path(__file__).parent
HTML = "docs/_build/html"
NOTHING_CHOSEN = 5  # pytest's exit code where words such as -k choose no test
SAMPLE = "20"  # of the long tables one test in so many runs, unless WORKSHOP_SAMPLE says otherwise
nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "uv" if shutil.which("uv") else "virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["tests"]


def check_step(session: nox.Session, folder: str) -> None:
    """Run a step's own tests, then check your exercises of it."""
    python = sys.executable
    session.run(python, "-m", "pytest", "-q", "--no-header", f"steps/{folder}", external=True)
    session.run(python, "-m", "workshop", "check", folder, *session.posargs, external=True)


for path in sorted((ROOT / "steps").glob("step[0-9][0-9]_*")):
    topic = path.name[7:].replace("_", " ")
    run = functools.partial(check_step, folder=path.name)
    run.__doc__ = f"{topic}: run the step's own tests, then check your exercises."
    nox.session(name=path.name[:6], venv_backend="none")(run)


def _ready(session: nox.Session, more: str = "requirements-dev.txt") -> Callable[..., object]:
    """Install what the course needs, and more; return what runs a module there.

    Where the environment is given (nox --no-venv) it is taken as it is.
    """
    if session.venv_backend == "none":
        return functools.partial(session.run, sys.executable, "-m", external=True)
    session.install("-r", "requirements.txt", "-r", more)
    return functools.partial(session.run, "python", "-m")


@nox.session
def tests(session: nox.Session) -> None:
    """Style, types, the engine, steps, solutions, site, samples; with `-- --all` everything."""
    run = _ready(session)
    words, sample = list(session.posargs), SAMPLE
    if "--all" in words:
        words.remove("--all")
        sample = "1"
    else:
        words[:0] = ["-m", "not slow"]
    run("ruff", "check")
    run("ruff", "format", "--check")
    with ThreadPoolExecutor() as pool:  # mypy has one processor, what is short has the other
        types = pool.submit(run, "mypy")
        run("pytest", "-q", "exercises", "--tree=solutions")
        run("pytest", "-q", "steps", *words, success_codes=[0, NOTHING_CHOSEN])
        types.result()
    run(
        "pytest",
        "-n",
        "logical",
        "--dist",
        "loadgroup",
        "--override-ini=tmp_path_retention_policy=failed",  # copies of the course are large
        "workshop/tests",
        *words,
        env={"WORKSHOP_SAMPLE": os.environ.get("WORKSHOP_SAMPLE", sample)},
    )


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site into docs/_build/html; a warning is an error."""
    _ready(session)("sphinx", "-W", "-n", "-b", "html", "docs", HTML, *session.posargs)


@nox.session
def lab(session: nox.Session) -> None:
    """JupyterLab on the course, for this machine only; your notebooks are in notebooks/."""
    run = _ready(session, "requirements-lab.txt")
    run("workshop", "notebooks")
    words = ["--ServerApp.ip=127.0.0.1", "--LabApp.default_url=/lab/tree/notebooks"]
    run("jupyterlab", *words, *session.posargs, env={"JUPYTER_CONFIG_PATH": str(ROOT / "hub")})


@nox.session
def hub(session: nox.Session) -> None:
    """JupyterHub with the users ada and grace, for this machine only; needs npm the first time."""
    run = _ready(session, "requirements-lab.txt")
    _get_proxy(session)
    run("jupyterhub", "--config", "hub/jupyterhub_config.py", *session.posargs)


@nox.session
def jupyter(session: nox.Session) -> None:
    """Test the notebooks and the hub in a real Jupyter."""
    run = _ready(session, "requirements-lab.txt")
    path = _get_proxy(session)
    run("pytest", "-q", "-rs", "workshop/tests/test_hub.py", *session.posargs, env={"PATH": path})


def _get_proxy(session: nox.Session) -> str:
    """Let npm install the hub's proxy, unless it is there; return the PATH on which it is found.

    Warns when npm is missing, too.
    """
    place = ROOT / ".workshop" / "hub"
    path = f"{os.environ['PATH']}{os.pathsep}{place / 'node_modules' / '.bin'}"
    if shutil.which("configurable-http-proxy", path=path):
        return path
    npm = shutil.which("npm")
    if npm is None:
        session.warn("A hub needs npm, which comes with Node.js, for configurable-http-proxy.")
        return path
    words = ["install", "--silent", "--no-audit", "--no-fund", "--prefix", str(place)]
    session.run(npm, *words, "configurable-http-proxy@5", external=True, success_codes=range(256))
    return path


@nox.session(venv_backend="none")
def frontend(session: nox.Session) -> None:
    """Check, test and build the live page's front end into docs/_static/live; needs Node.js."""
    if shutil.which("npm") is None:
        session.error("This needs npm, which comes with Node.js 20 or newer: https://nodejs.org/")
    with session.chdir("frontend"):
        session.run("npm", "ci", "--prefer-offline", external=True)
        for task in ("style", "types", "test", "build"):
            session.run("npm", "run", task, external=True)


@nox.session
def shots(session: nox.Session) -> None:
    """Take the pictures of the running steps and of the live page, light and dark."""
    run = _ready(session)
    run("workshop.site.screenshots")
    words = ["-q", "workshop/tests/test_live_pages.py", "-k", "picture"]
    run("pytest", *words, env={"WORKSHOP_SHOTS": str(ROOT / "docs")})


@nox.session(venv_backend="none")
def bench(session: nox.Session) -> None:
    """Measure pages, pictures, sessions under load (needs wrk); verdict: from save to report."""
    session.run(sys.executable, "-m", "benchmarks", *session.posargs, external=True)


@nox.session
def style(session: nox.Session) -> None:
    """Mend what ruff can mend, and say what it cannot."""
    run = _ready(session)
    run("ruff", "check", "--fix", *session.posargs)
    run("ruff", "format")


@nox.session
def slips(session: nox.Session) -> None:
    """Change the engine a little, again and again, and see whether its tests notice."""
    _ready(session)("workshop.tests.slips", *session.posargs)


@nox.session(venv_backend="none")
def advice(session: nox.Session) -> None:
    """Count the wrong answers whose report has no action or no place; words choose exercises."""
    session.run(sys.executable, "-m", "workshop.tests.advised", *session.posargs, external=True)


@nox.session
def mutants(session: nox.Session) -> None:
    """Put faults into the learner's part of each solution, and see whether its suite notices."""
    _ready(session)("workshop.tests.holes", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Make the requirement files anew from pyproject.toml, for every system and Python at once."""
    session.install("uv")
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--no-header"]
    session.run(*command, "pyproject.toml", "-o", "requirements.txt", *session.posargs)
    for group in ("dev", "lab"):
        file = f"requirements-{group}.txt"
        session.run(*command, "--group", group, "-c", "requirements.txt", "-o", file)
