"""The build of the site: `python -m sphinx` as a subprocess, with its progress in percent."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HTML = Path("docs", "_build", "html")
"""The folder of the built pages, relative to the course's folder."""
STAGES = {"reading sources": (0, 80), "writing output": (80, 20)}
"""The stages of Sphinx that report pages: percent done before the stage, and its share."""
AT = re.compile(r"([a-z ]+)\.\.\. \[ *(\d+)%\] (\S+)")
"""A line of Sphinx's progress: stage, percent of the stage, page."""

OnProgress = Callable[[int, str], None]
"""A callback that gets the progress of the build in percent, and the current page."""


def build_site(root: Path, on_progress: OnProgress = lambda percent, page: None) -> str | None:
    """Build the pages into the folder `HTML`; return Sphinx's error output, or None.

    Sphinx builds only pages that are out of date.
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
                on_progress(before + int(found[2]) * share // 100, found[3])
        code = running.wait()
        wrong.seek(0)
        said = wrong.read().decode("utf-8", "replace").strip()
    return None if code == 0 else said or "sphinx ended without a word"
