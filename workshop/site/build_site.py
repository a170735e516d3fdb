"""The pages, built by Sphinx in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HTML = Path("docs", "_build", "html")
"""Where the pages are, below the course's folder."""
STAGES = {"reading sources": (0, 80), "writing output": (80, 20)}
"""What Sphinx does page by page: the percent that are done before, and those it makes."""
AT = re.compile(r"([a-z ]+)\.\.\. \[ *(\d+)%\] (\S+)")
"""How Sphinx says which page it is at."""

Told = Callable[[int, str], None]
"""Hears how much is done, in percent, and of which page."""


def build(root: Path, tell: Told = lambda percent, page: None) -> str | None:
    """Build the pages into `HTML`; return what went wrong, or None. `tell` hears how far it is.

    Only what changed is built again.
    """
    words = [sys.executable, "-m", "sphinx", "-b", "html", str(root / "docs"), str(root / HTML)]
    with (
        tempfile.TemporaryFile() as wrong,
        subprocess.Popen(  # noqa: S603 - our own program with our own arguments
            words,
            cwd=root,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=wrong,
            encoding="utf-8",
            errors="replace",
        ) as running,
    ):
        assert running.stdout
        for line in running.stdout:
            found = AT.match(line)
            if found and found[1] in STAGES:
                before, share = STAGES[found[1]]
                tell(before + int(found[2]) * share // 100, found[3])
        code = running.wait()
        wrong.seek(0)
        said = wrong.read().decode("utf-8", "replace").strip()
    return None if code == 0 else said or "sphinx ended without a word"
