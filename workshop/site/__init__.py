"""The site: the course's web server, and a Sphinx extension that makes its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Give Sphinx the directives of the course: see `workshop.site.extension`."""
    from workshop.site import extension  # the web server beside it needs no Sphinx

    return extension.setup(app)
