"""{code-ref}: a link to the block that shows an object, checked against the file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from workshop.course import CourseError
from workshop.site.source import find_object

logger = logging.getLogger(__name__)


def note(directive: SphinxDirective, node: nodes.Element, where: str, names: Iterable[str]) -> None:
    """Let {code-ref} find a block by the file and the objects that it shows; the first counts."""
    document = directive.state.document
    anchor = nodes.make_id("-".join(["code", Path(where).name, *list(names)[:1]]))
    if anchor in document.ids:
        return
    node["ids"].append(anchor)
    document.ids[anchor] = node
    standard = directive.env.domains.standard_domain
    for label in [where, *(f"{where}:{name}" for name in names)]:
        known = standard.anonlabels.get(label)
        if known is None or known[0] != directive.env.docname:
            standard.note_hyperlink_target(label, directive.env.docname, anchor)


class CodeRef(SphinxRole):
    """{code-ref}`steps/step01_hello/app.py:create_app`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a link with the object's name; an error where the file has no such object."""
        where, _, name = self.text.partition(":")
        try:
            self._check(where, name)
        except CourseError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        label = self.text if name else where
        link = reference(self.env.docname, label, nodes.inline("", name or Path(where).name))
        self.set_source_info(link)
        return [nodes.inline("", "", link, classes=["code-ref"])], []

    def _check(self, where: str, name: str) -> None:
        file = Path(self.env.srcdir).parent / where
        self.env.note_dependency(file)
        if not file.is_file():
            raise CourseError(
                f"{{code-ref}}: there is no file {where}. Write steps/stepNN_name/app.py:object."
            )
        if name:
            find_object(file.read_text(encoding="utf-8"), name, where)


def reference(page: str, target: str, text: nodes.Node, kind: str = "ref") -> addnodes.pending_xref:
    """Return a link from a page to a label such as "step01/greet" or, kind "doc", to a page."""
    link = addnodes.pending_xref(
        "", refdomain="std", reftype=kind, reftarget=target, refexplicit=True,
        refwarn=True, refdoc=page,
    )  # fmt: skip
    link += text
    return link


def _warn(app: Sphinx, domain: Domain | None, node: addnodes.pending_xref) -> bool | None:
    target = str(node.get("reftarget", ""))
    if target.startswith("steps/"):
        where, _, name = target.partition(":")
        logger.warning(
            "no page shows %s. Show it on its step's page: ```{show} %s, :object: %s",
            target, Path(where).name, name, location=node, type="ref", subtype="code",
        )  # fmt: skip
        return True
    return None


def setup(app: Sphinx) -> None:
    """Add {code-ref}, and say what to do when no page shows what it names."""
    app.add_role("code-ref", CodeRef())
    app.connect("warn-missing-reference", _warn)
