"""The site: its pages, and a Sphinx extension that makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Give Sphinx the directives of the course: see `workshop.site.extension`."""
    from workshop.site import extension  # what asks for the pages needs no Sphinx

    return extension.setup(app)
