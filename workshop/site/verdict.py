"""{verdict}: the checker's report on an untouched exercise, made when the site is built."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from pygments import lexer
from pygments.token import Comment, Generic, Name, Text
from sphinx.application import Sphinx
from sphinx.util.typing import OptionSpec

from workshop.course import CourseError
from workshop.site.console import PROMPT, run
from workshop.site.directive import CourseDirective
from workshop.site.html import literal, tag

CHECK = ("-c", "from workshop.cli.main import main; main(prog_name='workshop')", "check")
"""The checker without `python -m workshop`, which would first check the installation."""
UNRELATED = {"site", "stubs", "template", "tests"}
"""Folders of the engine on which reports do not depend."""
FAILED = "✗"
"""The first character of a report with the outcome "failed"."""

groups: Any = lexer.bygroups


class VerdictLexer(lexer.RegexLexer):
    """A Pygments lexer for reports: green for passed, red for failed, labels as comments."""

    name = "Verdict"
    aliases = ("verdict",)
    tokens = {  # noqa: RUF012 - as Pygments wants it
        "root": [
            (r"^\$ .*\n", Generic.Prompt),
            (r"^✗.*\n", Generic.Heading),
            (r"^ +✗.*\n", Generic.Deleted),
            (r"^ +✓.*\n", Generic.Inserted),
            (r"^( +)(came)( .*\n)", groups(Text, Generic.Deleted, Text)),
            (r"^( +)(wanted|must[a-z ]*?)( {2}.*\n)", groups(Text, Generic.Inserted, Text)),
            (r"^( +│)( *\^+ *\n)", groups(Comment, Generic.Strong)),
            (r"^( +│)(.*\n)", groups(Comment, Text)),
            (r"^ +(The request|The answer|The loop|In your server|To try it:).*\n", Comment),
            (r"^( +\w.*?  [-#]*)(X+)([-#X ]*\n)", groups(Text, Generic.Deleted, Text)),
            (r"^( +)(→)( .*\n)", groups(Text, Name.Tag, Text)),
            (r"^(Stuck\?|Hint|Next)( .*\n)", groups(Name.Tag, Text)),
            (r".*\n", Text),
        ]
    }  # fmt: skip


class VerdictDirective(CourseDirective):
    """{verdict}: the command and the report on an exercise's stub."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {
        "skip": directives.unchanged_required,
        "columns": directives.positive_int,
    }

    def build(self) -> list[nodes.Node]:
        """Return the command and the report; `:skip:` removes blocks by their labels.

        Raises CourseError when the outcome of the stub is not "failed".
        """
        exercise = self.exercise(self.arguments[0])
        self.depend(exercise.suite, exercise.stub, self.root / "conftest.py")
        engine = (self.root / "workshop").rglob("*.py")
        self.depend(*(file for file in engine if not UNRELATED & set(file.parts)))
        name = exercise.name if len(self.course.select(exercise.name)) == 1 else exercise.key
        words = ["python", *CHECK, exercise.key, "--stub"]
        report = run(words, self.root, 1, self.options.get("columns", 88)).strip("\n")
        if not report.startswith(FAILED):
            raise CourseError(f"The stub of {exercise.key} has to fail; the report says:\n{report}")
        report = without_blocks(report, self.options.get("skip", ""))
        text = f"{PROMPT}python -m workshop check {name}\n{report}\n"
        return [tag("div", literal(text, "verdict"), classes="verdict")]


def without_blocks(report: str, labels: str) -> str:
    """Return a report without the blocks that begin with one of the labels.

    Raises CourseError for a label that the report does not have.
    """
    blocks = report.split("\n\n")
    for label in filter(None, (each.strip() for each in labels.split(","))):
        kept = [block for block in blocks if not block.lstrip().startswith(label)]
        if kept == blocks:
            raise CourseError(f'No block of the report begins with "{label}". See :skip:.')
        blocks = kept
    return "\n\n".join(blocks)


def setup(app: Sphinx) -> None:
    """Add {verdict}, and colours for the report."""
    app.add_directive("verdict", VerdictDirective)
    app.add_lexer("verdict", VerdictLexer)
