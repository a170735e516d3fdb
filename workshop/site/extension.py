"""What Sphinx gets to know: the directives, and when a page is out of date."""

from __future__ import annotations

import zlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from workshop import course
from workshop.report import curl
from workshop.site import (
    cards,
    changes,
    console,
    exercise,
    folders,
    header,
    html,
    http_block,
    notebooks,
    notes,
    plan,
    references,
    searching,
    show,
    verdict,
)

PARTS = (
    html, folders, header, show, references, changes,
    http_block, console, verdict, exercise, notes, cards, plan, notebooks,
    searching,
)  # fmt: skip


def setup(app: Sphinx) -> ExtensionMetadata:
    """Let every part add itself; what they add may be read and written in parallel."""
    for part in PARTS:
        part.setup(app)
    return {
        "env_version": _version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _version() -> int:
    """Return a number that changes with the code of the site, so that old pages are not kept."""
    files = [
        *sorted(Path(__file__).parent.glob("*.py")),
        *sorted(Path(course.__file__).parent.glob("*.py")),
        Path(curl.__file__),
    ]
    number = 0
    for file in files:
        number = zlib.crc32(file.read_bytes(), number)
    return number + 1
