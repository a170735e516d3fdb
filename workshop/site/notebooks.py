"""Notebook pages: the download link, the dependencies, and errors of failed cells."""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from workshop.site import notebook_files
from workshop.site.directive import note_folder
from workshop.site.html import Tag, tag

logger = logging.getLogger(__name__)
COLOUR = re.compile(r"\x1b\[[\d;]*m")
COMMAND = "nox -s lab"


def _on_read(app: Sphinx, document: nodes.document) -> None:
    """Add the download link below a notebook's title, and record its dependencies."""
    env = app.env
    text = Path(env.doc2path(env.docname)).read_text(encoding="utf-8")
    if not notebook_files.is_notebook(text):
        return
    for step in notebook_files.steps_used(text):
        for path in note_folder(env, Path(env.srcdir).parent / "steps" / step):
            env.note_dependency(path)
    title = next(iter(document.findall(nodes.title)), None)
    if title is not None and title.parent is not None:
        title.parent.insert(title.parent.index(title) + 1, _head(f"{Path(env.docname).name}.ipynb"))
    _report_failure(app)


def _head(file: str) -> Tag:
    return tag(
        "div",
        tag(
            "p",
            tag("a", "Download this notebook", href=file, download=file),
            ", or open it in JupyterLab: ",
            tag("code", COMMAND, classes="docutils literal"),
            classes="facts",
        ),
        classes="step-head notebook-head",
    )


def _report_failure(app: Sphinx) -> None:
    """Log the traceback of a failed cell; the next build runs the page again."""
    env = app.env
    ran = getattr(env, "nb_metadata", {}).get(env.docname, {}).get("exec_data") or {}
    if ran.get("succeeded", True):
        return
    env.note_reread()
    said = COLOUR.sub("", ran.get("traceback") or ran.get("error") or "")
    logger.error("a cell of this notebook failed:\n%s", said.strip(), location=env.docname)


def _write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write each notebook as .ipynb beside its page."""
    if exception or app.builder.format != "html":
        return
    for page in sorted(app.env.found_docs):
        text = Path(app.env.doc2path(page)).read_text(encoding="utf-8")
        if notebook_files.is_notebook(text):
            file = Path(app.outdir) / f"{page}.ipynb"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(notebook_files.to_ipynb(text), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Connect the handlers of `doctree-read` and `build-finished`."""
    app.connect("doctree-read", _on_read)
    app.connect("build-finished", _write_files)
