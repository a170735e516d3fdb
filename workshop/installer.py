"""Runs pip or uv and shows how far it is. Imports the standard library only."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec

LAST_LINES = 12
"""Lines of output that are shown of an installer that failed."""
PACKAGE_LINE = re.compile(r"(?:Collecting|Processing|Requirement already satisfied:) (\S+)")
"""A line that pip prints once for each package."""
NETWORK = "Is there a network, and may it reach the package index?"
REASONS = {
    "No space left": "The disk is full: make room.",
    "Permission denied": "This environment may not be written: use one of your own.",
    "Read-only file system": "This disk is read-only: put the course elsewhere.",
    "CERTIFICATE_VERIFY_FAILED": "Your network changes certificates: see pip's setting --cert.",
    "DO NOT MATCH THE HASHES": "A package came damaged: delete pip's cache (pip cache purge).",
}
"""Parts of the output of an installer that failed, and what to do then."""


def install_command() -> list[str]:
    """Return the first words of a command that installs packages; empty where there is none.

    An environment that uv made has no pip: uv fills it as well, or Python brings its own pip.
    """
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    pip += ["--progress-bar", "off"]
    if find_spec("pip"):
        return pip
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", sys.executable]
    if run_installer([sys.executable, "-m", "ensurepip", "--upgrade"])[0] == 0:
        importlib.invalidate_caches()
        return pip
    return []


def run_installer(words: Sequence[str], expected: int = 0) -> tuple[int, list[str]]:
    """Run an installer and show its progress; return its exit code and the lines of its output.

    `expected` is the number of packages that it will name.
    """
    output: list[str] = []
    shown = sys.stderr.isatty()
    with subprocess.Popen(  # noqa: S603 - an installer, with our own arguments
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as running:
        assert running.stdout
        for number, line in _packages(running.stdout, output):
            _show_progress(
                f"  {number} of {max(number, expected)}: {line}", number, expected, shown
            )
    if shown:
        sys.stderr.write("\r\033[K")
    return running.returncode, output


def _packages(lines: Iterable[str], output: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of packages so far and the name of the next; append lines to `output`."""
    number = 0
    for line in lines:
        output.append(line.rstrip())
        if found := PACKAGE_LINE.match(line):
            number += 1
            yield number, found[1].rpartition("/")[2]
        elif line.startswith("Installing collected packages"):
            yield number, "now they are put in place"


def _show_progress(text: str, number: int, expected: int, shown: bool) -> None:
    """Show the progress: on one line of a terminal, else a line for every tenth package."""
    if shown:
        sys.stderr.write(f"\r\033[K{text.strip()[:78]}")
        sys.stderr.flush()
    elif expected and number % 10 == 0:
        sys.stderr.write(f"{text}\n")


def reason(output: Sequence[str]) -> str:
    """Return a sentence on why an installer failed, from its output."""
    text = "\n".join(output)
    return next((sentence for sign, sentence in REASONS.items() if sign in text), NETWORK)
