"""The Sphinx extension: the directives, {instructor}, a search for numbers, the version."""

from __future__ import annotations

import zlib
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from workshop import course
from workshop.report import curl
from workshop.site import (
    changes,
    console,
    directive,
    exercise,
    front_matter,
    html,
    http_block,
    notebooks,
    overviews,
    show,
    verdict,
)
from workshop.site.html import folded


class InstructorDirective(SphinxDirective):
    """{instructor}: a folded block of notes for instructors."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the notes under their summary."""
        return [folded("Instructor's notes", *self.parse_content_to_nodes(), classes="instructor")]


class EnglishWithNumbers(SearchEnglish):
    """The English search index, with numbers such as 404; `page/sphinx.ts` sends them."""

    def word_filter(self, word: str) -> bool:
        """Return whether a word belongs to the index."""
        return word.isdigit() or super().word_filter(word)


PARTS = (
    html, directive, front_matter, show, changes,
    http_block, console, verdict, exercise, overviews, notebooks,
)  # fmt: skip


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up every module of the extension; reading and writing in parallel are safe."""
    for part in PARTS:
        part.setup(app)
    app.add_directive("instructor", InstructorDirective)
    app.add_search_language(EnglishWithNumbers)
    return {
        "env_version": _version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _version() -> int:
    """Return a checksum of the site's code: when it changes, Sphinx rebuilds all pages."""
    files = [
        *sorted(Path(__file__).parent.glob("*.py")),
        *sorted(Path(course.__file__).parent.glob("*.py")),
        Path(curl.__file__),
    ]
    number = 0
    for file in files:
        number = zlib.crc32(file.read_bytes(), number)
    return number + 1
