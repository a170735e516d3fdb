"""{step-cards}: every step that has a page, with its goal and its minutes."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from workshop.site import folders, front_matter
from workshop.site.directive import CourseDirective
from workshop.site.header import inline
from workshop.site.html import Tag, tag
from workshop.site.references import reference


class StepCards(CourseDirective):
    """The table of contents that sells."""

    def build(self) -> list[nodes.Node]:
        """Return a list of cards, in the order of the steps."""
        folders.step_folders(self.env)
        cards = [self._card(found) for found in front_matter.written(self.course.steps)]
        return [tag("ol", *cards, classes="cards")]

    def _card(self, found: front_matter.PageFacts) -> Tag:
        page = f"/{found.step.folder}/index"
        return tag(
            "li",
            tag("span", f"{found.step.number:02}", classes="number"),
            tag("p", reference(self.env.docname, page, nodes.inline("", found.title), "doc"),
                classes="title"),
            tag("p", *inline(found.goal), classes="goal"),
            tag("p", f"{found.minutes} minutes · {found.exercises}", classes="facts"),
        )  # fmt: skip


def setup(app: Sphinx) -> None:
    """Add {step-cards}."""
    app.add_directive("step-cards", StepCards)
