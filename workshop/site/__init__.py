"""The site: a Sphinx extension with the course's directives, the build, the notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the Sphinx extension, which is `workshop.site.extension`."""
    from workshop.site import extension  # Sphinx is imported only by Sphinx itself

    return extension.setup(app)
