"""{instructor}: notes for whoever teaches, folded away."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from workshop.site.html import folded


class Instructor(SphinxDirective):
    """A block that learners need not read."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the notes under their summary."""
        return [folded("Instructor's notes", *self.parse_content_to_nodes(), classes="instructor")]


def setup(app: Sphinx) -> None:
    """Add {instructor}."""
    app.add_directive("instructor", Instructor)
