"""The changes of strings that contain code: a template, HTML, SQL."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workshop.tests.suite_mutants.expressions import variants

Found = tuple[str, int, int, str]
"""The kind of a change, the start and end of the replaced text, and the new text."""

GAP = re.compile(r"\{\{-?\s*(?P<what>.+?)\s*-?\}\}")
BRANCH = re.compile(r"\{%-?\s*(?:if|elif)\s+(?P<what>.+?)\s*-?%\}")
QUOTED = re.compile(r"""=(?P<what>(['"])\{\{[^{}]+\}\}\2)""")
ATTRIBUTE = re.compile(r"""\s(?P<what>[a-z-]+=(["'])[^"'<>{}]*\2)(?=[\s>])""")
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE) ")
CLAUSES = {
    r"\bDESC\b": "",
    r"\bORDER BY \w+(?! DESC)": r"\g<0> DESC",
    r" WHERE [^\"')]+": "",
    r"\bAND\b": "OR",
    r"\bOFFSET :?\w+": "",
    r"coalesce\((.+?), (.+?)\)": r"\1",
    r" < ": " <= ",
    r" > ": " >= ",
}
"""Clauses of SQL, and what replaces each."""


def text_changes(raw: str) -> Iterator[Found]:
    """Yield the changes of a string, given as source with its quotes; none for prose."""
    if "{{" in raw or "{%" in raw:
        yield from _template(raw)
    if re.search(r"<[a-z!/]", raw):
        for found in ATTRIBUTE.finditer(raw):
            yield "attribute", *found.span("what"), ""
    if SQL.search(raw):
        for clause, now in CLAUSES.items():
            for found in re.finditer(clause, raw):
                yield "SQL", *found.span(), found.expand(now)


def _template(raw: str) -> Iterator[Found]:
    for gap in GAP.finditer(raw):
        yield "gap", *gap.span(), ""
        if "safe" not in gap["what"]:
            yield "safe", *gap.span("what"), f"{gap['what'].partition(' | ')[0]} | safe"
        yield from _expression(gap)
    for branch in BRANCH.finditer(raw):
        yield "if", *branch.span("what"), f"not ({branch['what']})"
        yield "if", *branch.span("what"), "true"
        yield from _expression(branch)
    for quoted in QUOTED.finditer(raw):
        yield "quotes", *quoted.span("what"), quoted["what"][1:-1]


def _expression(place: re.Match[str]) -> Iterator[Found]:
    """Yield the changes of a Jinja expression that is also a Python expression."""
    start, text = place.start("what"), place["what"]
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and node.lineno == node.end_lineno:
            assert node.end_col_offset is not None
            for kind, now in variants(node):
                yield kind, start + node.col_offset, start + node.end_col_offset, now
