"""What installs packages here, pip or uv: run out of sight, but for how far it is.

Only the standard library is used here, as in `setup`.
"""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec

LAST = 12
"""Lines that are shown of an installer that failed."""
NAMED = re.compile(r"(?:Collecting|Processing|Requirement already satisfied:) (\S+)")
"""What pip says once for each package."""
NETWORK = "Is there a network, and may it reach the package index?"
REASONS = {
    "No space left": "The disk is full: make room.",
    "Permission denied": "This environment may not be written: use one of your own.",
    "Read-only file system": "This disk is read-only: put the course elsewhere.",
    "CERTIFICATE_VERIFY_FAILED": "Your network changes certificates: see pip's setting --cert.",
    "DO NOT MATCH THE HASHES": "A package came damaged: delete pip's cache (pip cache purge).",
}
"""Words of an installer's that failed, and what to do about it."""


def command() -> list[str]:
    """Return the beginning of a command that installs; empty where there is none.

    An environment that uv made has no pip: uv fills it as well, or Python brings its own pip.
    """
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    pip += ["--progress-bar", "off"]
    if find_spec("pip"):
        return pip
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", sys.executable]
    if follow([sys.executable, "-m", "ensurepip", "--upgrade"])[0] == 0:
        importlib.invalidate_caches()
        return pip
    return []


def follow(words: Sequence[str], expected: int = 0) -> tuple[int, list[str]]:
    """Run an installer unseen, but for how far it is; return its exit code and what it said.

    `expected` is how many packages it is going to name.
    """
    said: list[str] = []
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
        for number, line in _steps(running.stdout, said):
            _at(f"  {number} of {max(number, expected)}: {line}", number, expected, shown)
    if shown:
        sys.stderr.write("\r\033[K")
    return running.returncode, said


def _steps(lines: Iterable[str], said: list[str]) -> Iterator[tuple[int, str]]:
    """Yield how many packages were named by now and what comes; keep all lines in `said`."""
    number = 0
    for line in lines:
        said.append(line.rstrip())
        if found := NAMED.match(line):
            number += 1
            yield number, found[1].rpartition("/")[2]
        elif line.startswith("Installing collected packages"):
            yield number, "now they are put in place"


def _at(text: str, number: int, expected: int, shown: bool) -> None:
    """Show how far it is: on one line of a terminal, else at every tenth package."""
    if shown:
        sys.stderr.write(f"\r\033[K{text.strip()[:78]}")
        sys.stderr.flush()
    elif expected and number % 10 == 0:
        sys.stderr.write(f"{text}\n")


def reason(said: Sequence[str]) -> str:
    """Return a sentence about why an installer failed, from what it said."""
    text = "\n".join(said)
    return next((sentence for sign, sentence in REASONS.items() if sign in text), NETWORK)
