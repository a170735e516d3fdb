"""Sites for tests: run Sphinx as `nox -s docs` does, and keep what it said."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Built:
    """A run of Sphinx: what it said, what it made."""

    code: int
    said: str
    html: Path

    def page(self, name: str) -> str:
        """Return a page's source."""
        return (self.html / f"{name}.html").read_text(encoding="utf-8")


def sphinx(docs: Path, target: Path, *options: str, trees: Path | None = None) -> Built:
    """Build a folder of pages as `nox -s docs` does; `trees` holds what Sphinx has read."""
    trees = trees or target.with_name(f"{target.name}-trees")
    words = [sys.executable, "-m", "sphinx", "-W", "-n", "-d", str(trees), *options]
    done = subprocess.run(
        [*words, str(docs), str(target)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Built(done.returncode, done.stdout, target)
