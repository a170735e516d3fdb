"""The head of a step's page: its goal, its minutes and how to run it, from the front matter."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from workshop import course
from workshop.course import CourseError
from workshop.site import folders, front_matter
from workshop.site.html import Tag, tag

logger = logging.getLogger(__name__)


def inline(text: str) -> list[nodes.Node]:
    """Return a sentence of the front matter as nodes; what stands in backticks is code."""
    return [
        tag("code", part, classes="docutils literal") if number % 2 else nodes.Text(part)
        for number, part in enumerate(text.split("`"))
        if part
    ]


def _add(app: Sphinx, document: nodes.document) -> None:
    """Put the head below the title of a step's page."""
    env = app.env
    root = Path(env.srcdir).parent
    page = Path(env.doc2path(env.docname))
    step = course.step_of(page, root)
    if step is None or page.name != "index.md":
        return
    for path in folders.note(env, root / "exercises" / step.folder, "test_*.py"):
        env.note_dependency(path)
    try:
        found = front_matter.read(step)
    except CourseError as error:
        logger.error(str(error), location=env.docname)
        return
    title = next(iter(document.findall(nodes.title)), None)
    if title is not None and title.parent is not None:
        title.parent.insert(title.parent.index(title) + 1, _head(found))


def _head(found: front_matter.PageFacts) -> Tag:
    return tag(
        "div",
        tag("p", *inline(found.goal), classes="goal"),
        tag(
            "p",
            tag("span", f"About {found.minutes} minutes, {found.exercises}. ", classes="minutes"),
            tag("span", "Run it: ", tag("code", f"python -m workshop run {found.step.label}",
                                        classes="docutils literal")),
            classes="facts",
        ),
        classes="step-head",
    )  # fmt: skip


def setup(app: Sphinx) -> None:
    """Add the head when a page has been read."""
    app.connect("doctree-read", _add)
