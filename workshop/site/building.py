"""The pages, built by Sphinx in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HTML = Path("docs", "_build", "html")
"""Where the pages are, below the course's folder."""


def build(root: Path) -> str | None:
    """Build the pages into `HTML`; return what went wrong, or None.

    Only what changed is built again.
    """
    target = root / HTML
    done = subprocess.run(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(root / "docs"), str(target)],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return None if done.returncode == 0 else done.stderr.strip() or "sphinx ended without a word"
