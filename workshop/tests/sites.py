"""Sites for tests: run Sphinx as `nox -s docs` does, and keep what it said."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PARTS = re.DOTALL | re.MULTILINE


@dataclass(frozen=True)
class Built:
    """A run of Sphinx: what it said, what it made."""

    code: int
    said: str
    html: Path

    def page(self, name: str) -> str:
        """Return a page's source."""
        return (self.html / f"{name}.html").read_text(encoding="utf-8")


def shorten(docs: Path, *whole: str) -> None:
    """Leave of each page of the course its front matter and its title, for a quick build.

    The pages that are named stay whole; notebooks go, but for their list.
    """
    for page in sorted(docs.rglob("*.md")):
        name = page.relative_to(docs).as_posix()
        if name.startswith("notebooks/") and name != "notebooks/index.md":
            page.unlink()
        elif name not in whole:
            parts = re.search(
                r"\A(---\n.*?\n---\n)?.*?(^# [^\n]*\n)", page.read_text("utf-8"), PARTS
            )
            assert parts, f"{name} has no title"
            page.write_text("".join(filter(None, parts.groups())), encoding="utf-8")


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
