"""Colours for a report of the checker, as the terminal has them."""

from __future__ import annotations

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Comment, Generic, Name, Text
from sphinx.application import Sphinx


class VerdictLexer(RegexLexer):
    """Passed is green, failed is red, labels stand back."""

    name = "Verdict"
    aliases = ("verdict",)
    tokens = {  # noqa: RUF012 - as Pygments wants it
        "root": [
            (r"^\$ .*\n", Generic.Prompt),
            (r"^ *✓.*\n", Generic.Inserted),
            (r"^✗.*\n", Generic.Heading),
            (r"^ +✗.*\n", Generic.Deleted),
            (r"^( +)(came)( .*\n)", bygroups(Text, Generic.Deleted, Text)),
            (r"^( +)(wanted|must[a-z ]*?)( {2}.*\n)", bygroups(Text, Generic.Inserted, Text)),
            (r"^( +[a-z ]*\|)(.*?)( +<-- here)(\n)",
             bygroups(Comment, Generic.Strong, Generic.Deleted, Text)),
            (r"^( +[a-z ]*\|)(.*\n)", bygroups(Comment, Text)),
            (r"^(Stuck\?|Next)( .*\n)", bygroups(Name.Tag, Text)),
            (r".*\n", Text),
        ]
    }  # fmt: skip


def setup(app: Sphinx) -> None:
    """Add the lexer "verdict"."""
    app.add_lexer("verdict", VerdictLexer)
