"""The site: a Sphinx extension that makes pages from the course's files, and the course's web server."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Give Sphinx the directives of the course: see `workshop.site.extension`."""
    from workshop.site import extension  # the web server beside it needs no Sphinx

    return extension.setup(app)
