"""The sessions of nox: `nox -l` lists them; arguments after `--` go to the program of a session.

The sessions of learners (step01, step02, …), bench, advice and frontend use the Python that runs
nox: they install no Python packages. All other sessions have an environment of their own, or
use this one with `nox --no-venv`.
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
NOTHING_CHOSEN = 5  # exit code of pytest where options such as -k select no test
SAMPLE = "20"  # one in 20 tests marked `sampled` runs, unless WORKSHOP_SAMPLE is set
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
    """Install the requirements of the course and `more`; return a function that runs a module.

    With `nox --no-venv` nothing is installed.
    """
    if session.venv_backend == "none":
        return functools.partial(session.run, sys.executable, "-m", external=True)
    session.install("-r", "requirements.txt", "-r", more)
    return functools.partial(session.run, "python", "-m")


@nox.session
def tests(session: nox.Session) -> None:
    """Test style, types, engine, steps, solutions, site and samples; all with `-- --all`."""
    run = _ready(session)
    words, sample = list(session.posargs), SAMPLE
    if "--all" in words:
        words.remove("--all")
        sample = "1"
    else:
        words[:0] = ["-m", "not slow"]
    run("ruff", "check")
    run("ruff", "format", "--check")
    with ThreadPoolExecutor() as pool:  # mypy uses one processor, the short runs the other
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
    """Build the site into docs/_build/html; warnings are errors."""
    _ready(session)("sphinx", "-W", "-n", "-b", "html", "docs", HTML, *session.posargs)


@nox.session
def lab(session: nox.Session) -> None:
    """Start JupyterLab on this machine only; your notebooks are in notebooks/."""
    run = _ready(session, "requirements-lab.txt")
    run("workshop", "notebooks")
    words = ["--ServerApp.ip=127.0.0.1", "--LabApp.default_url=/lab/tree/notebooks"]
    run("jupyterlab", *words, *session.posargs, env={"JUPYTER_CONFIG_PATH": str(ROOT / "hub")})


@nox.session
def hub(session: nox.Session) -> None:
    """Start JupyterHub for the users ada and grace, on this machine only; needs npm once."""
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
    """Install the hub's proxy with npm unless it is installed; return a PATH that has it.

    Warns when npm is missing as well.
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
    """Take the screenshots of the steps and of the live page, light and dark."""
    run = _ready(session)
    run("workshop.site.screenshots")
    words = ["-q", "workshop/tests/test_live_pages.py", "-k", "picture"]
    run("pytest", *words, env={"WORKSHOP_SHOTS": str(ROOT / "docs")})


@nox.session(venv_backend="none")
def bench(session: nox.Session) -> None:
    """Measure the steps under load (needs wrk), the time from save to report, and its growth."""
    session.run(sys.executable, "-m", "benchmarks", *session.posargs, external=True)


@nox.session
def style(session: nox.Session) -> None:
    """Fix style with ruff, and list what ruff cannot fix."""
    run = _ready(session)
    run("ruff", "check", "--fix", *session.posargs)
    run("ruff", "format")


@nox.session(name="engine-mutants")
def engine_mutants(session: nox.Session) -> None:
    """Mutation testing of the engine: run its tests on a sample of mutants."""
    _ready(session)("workshop.tests.engine_mutants", *session.posargs)


@nox.session(venv_backend="none")
def advice(session: nox.Session) -> None:
    """Count the wrong answers whose report has no action or no place; names choose exercises."""
    session.run(
        sys.executable, "-m", "workshop.tests.advice_coverage", *session.posargs, external=True
    )


@nox.session
def mutants(session: nox.Session) -> None:
    """Mutation testing of the exercises' suites: run them on mutants of the solutions."""
    _ready(session)("workshop.tests.suite_mutants", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Compile the requirement files from pyproject.toml, for all systems and Pythons."""
    session.install("uv")
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--no-header"]
    session.run(*command, "pyproject.toml", "-o", "requirements.txt", *session.posargs)
    for group in ("dev", "lab"):
        file = f"requirements-{group}.txt"
        session.run(*command, "--group", group, "-c", "requirements.txt", "-o", file)
