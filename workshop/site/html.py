"""HTML elements as docutils nodes: details, data attributes, tables."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

TEXT_TAGS = frozenset({"code", "p", "span", "summary", "td", "th"})
"""Elements that contain text and links."""


class Tag(nodes.General, nodes.Element):
    """An HTML element; writers of other formats write its children alone."""


class TextTag(Tag, nodes.TextElement):
    """An HTML element that contains text."""


class ExerciseSection(nodes.section):
    """A section with data attributes: the section of an exercise."""


def tag(name: str, *children: nodes.Node | str, classes: str = "", **attributes: str) -> Tag:
    """Return an HTML element; an underscore in an attribute's name becomes a hyphen."""
    data = {key.replace("_", "-"): value for key, value in attributes.items()}
    kind = TextTag if name in TEXT_TAGS else Tag
    made = kind("", tag=name, data=data, classes=classes.split())
    made.extend(nodes.Text(child) if isinstance(child, str) else child for child in children)
    return made


def folded(summary: str, *children: nodes.Node, classes: str = "") -> Tag:
    """Return a closed `<details>` element with a summary."""
    return tag("details", tag("summary", summary), *children, classes=classes)


def literal(text: str, language: str, *, classes: str = "") -> nodes.literal_block:
    """Return a highlighted block; text that the lexer cannot read is shown as well."""
    return nodes.literal_block(
        text, text, language=language, classes=classes.split(), force=True, highlight_args={}
    )


def _open(writer: Any, node: nodes.Element) -> None:
    writer.body.append(writer.starttag(node, node["tag"], "", **node["data"]))


def _close(writer: Any, node: nodes.Element) -> None:
    writer.body.append(f"</{node['tag']}>")


def _open_section(writer: Any, node: nodes.Element) -> None:
    writer.section_level += 1
    writer.body.append(writer.starttag(node, "section", **node["data"]))


def _close_section(writer: Any, node: nodes.Element) -> None:
    writer.depart_section(node)


def _pass(writer: Any, node: nodes.Element) -> None:
    pass


def _as_section(writer: Any, node: nodes.Element) -> None:
    writer.visit_section(node)


def setup(app: Sphinx) -> None:
    """Add the nodes with their visitors for every format."""
    through, section = (_pass, _pass), (_as_section, _close_section)
    for kind in (Tag, TextTag):
        app.add_node(
            kind, html=(_open, _close), latex=through, text=through, man=through, texinfo=through
        )
    app.add_node(
        ExerciseSection,
        html=(_open_section, _close_section),
        latex=section,
        text=section,
        man=section,
        texinfo=section,
    )
