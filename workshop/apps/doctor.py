"""`python -m workshop doctor`: checks of this machine, and a remedy for each that fails."""

from __future__ import annotations

import shutil
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from workshop import preflight
from workshop.apps import ports
from workshop.course import discover, misplaced


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check of the machine; `remedy` is what to do when it is not `well`."""

    what: str
    well: bool
    found: str
    remedy: str = ""
    needed: bool = True


def examine(root: Path, port: int) -> Iterator[Finding]:
    """Yield what a course needs of a machine, one finding at a time."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(
        "Python",
        preflight.OLDEST <= sys.version_info[:2] <= preflight.NEWEST,
        f"{version} at {sys.executable}",
        "Install Python 3.11, 3.12 or 3.13 from python.org and start the course with it.",
    )
    inside = sys.prefix != sys.base_prefix
    yield Finding(
        "environment",
        inside,
        sys.prefix if inside else "none: packages go into the system's Python",
        'Start with "python -m workshop"; it makes a virtual environment in .venv.',
        needed=False,
    )
    yield from _packages(root / "requirements.txt")
    yield _writable(root)
    yield _names(root)
    yield _port(port)
    yield _browser()
    yield Finding(
        "curl",
        shutil.which("curl") is not None,
        shutil.which("curl") or "not found",
        "Only needed to send the requests on the pages again; your browser does for most.",
        needed=False,
    )


def _packages(file: Path) -> Iterator[Finding]:
    """Yield a finding for each package that lacks or differs, else one for all of them."""
    wanted = 0
    wrong = []
    for line in file.read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if not text:
            continue
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate():
            continue
        wanted += 1
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append((str(requirement), "not installed"))
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wrong.append((str(requirement), f"{version} is installed"))
    for text, found in wrong:
        yield Finding(
            text, False, found, f"{Path(sys.executable).name} -m pip install -r {file.name}"
        )
    if not wrong:
        yield Finding("packages", True, f"{wanted} as pinned in {file.name}")


def _writable(root: Path) -> Finding:
    try:
        with tempfile.NamedTemporaryFile(dir=root / "exercises"):
            pass
    except OSError as error:
        return Finding(
            "write access",
            False,
            f"exercises/ cannot be written: {error.strerror}",
            "Put the course into a folder of your own, such as your home folder.",
        )
    return Finding("write access", True, "exercises/ can be written")


def _names(root: Path) -> Finding:
    """Find files that hide a module, in the folders where Python searches first."""
    course = discover(root)
    beside = (misplaced.hiding_beside(step.exercises[0]) for step in course.steps if step.exercises)
    said = [preflight.hidden(str(root)), *beside, *misplaced.suites(course.steps)]
    if found := " ".join(filter(None, said)):
        return Finding("names", False, found, "Move it out of the course's folders.", needed=False)
    return Finding("names", True, "no file hides a module")


def _port(port: int) -> Finding:
    if ports.is_free(port):
        return Finding(f"port {port}", True, "free")
    return Finding(
        f"port {port}", False, f"taken by {ports.holder(port)}", ports.taken_sentence(port), False
    )


def _browser() -> Finding:
    try:
        return Finding("browser", True, webbrowser.get().__class__.__name__.lower())
    except webbrowser.Error:
        return Finding(
            "browser",
            False,
            "none that could be opened from here",
            "Open the address that the course prints by hand.",
            needed=False,
        )
