"""{console} and {verdict}: what commands print, run when the site is built."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.typing import OptionSpec

from workshop.course import CourseError
from workshop.site.page import CourseDirective
from workshop.site.tags import literal, tag

SECONDS = 20
"""How long a command may take."""
PROMPT = "$ "
CHECK = ("-c", "from workshop.cli import main; main(prog_name='workshop')", "check")
"""The checker without `python -m workshop`, which would look for something to install."""
FLEETING = (
    (re.compile(r"^.*\bDate: .*\n", re.MULTILINE), ""),
    (re.compile(r"(?<=\b127\.0\.0\.1:)\d{4,5}\b"), "8080"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
)
"""What a report says of one run only: the date, the port, the spaces that fill a line."""


class Console(CourseDirective):
    """Commands and what they print."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = {"exit": directives.nonnegative_int}

    def build(self) -> list[nodes.Node]:
        """Return one block with every command and its output; `:exit:` is the last one's exit code."""
        commands = [line.strip() for line in self.content if line.strip()]
        if not commands or not all(line.startswith(PROMPT) for line in commands):
            raise CourseError(f'Each line of {{console}} is a command after "{PROMPT}".')
        wanted = self.options.get("exit", 0)
        shown = []
        for number, line in enumerate(commands, 1):
            words = shlex.split(line.removeprefix(PROMPT))
            self._depend_on(words)
            code = wanted if number == len(commands) else 0
            shown.append(f"{line}\n{run(words, self.root, code)}")
        return [literal("".join(shown).rstrip() + "\n", "console", classes="session")]

    def _depend_on(self, words: Sequence[str]) -> None:
        """Build the page again when a program changes that one of the words names."""
        for word in words:
            for path in (self.root / word, self.root / (word.replace(".", "/") + ".py")):
                if path.is_file():
                    self.depend(path)
                    self.depend_on_folder(path.parent, "*.py")


class Verdict(CourseDirective):
    """The report on an exercise that nobody has touched."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"skip": directives.unchanged_required}

    def build(self) -> list[nodes.Node]:
        """Return the command and the report; `:skip: request, …` leaves out the blocks with such labels."""
        exercise = self.exercise(self.arguments[0])
        self.depend(exercise.suite, exercise.stub, self.root / "conftest.py")
        self.depend(*(self.root / "workshop").glob("*.py"))
        name = exercise.name if len(self.course.select(exercise.name)) == 1 else exercise.key
        words = ["python", *CHECK, exercise.key, "--stub"]
        report = steady(run(words, self.root, 1)).strip("\n")
        report = without(report, self.options.get("skip", ""))
        text = f"{PROMPT}python -m workshop check {name}\n{report}\n"
        return [tag("div", literal(text, "verdict"), classes="verdict")]


def run(words: Sequence[str], root: Path, wanted: int) -> str:
    """Return what a command prints, both streams together, with paths as seen from the course's folder.

    "python" is the Python that builds. Raises CourseError when it ends with another exit code, or
    not at all.
    """
    command = [sys.executable if words[0] == "python" else words[0], *words[1:]]
    shown = shlex.join(words) if "-c" not in words else f"check {words[-2]}"
    keep = {name: value for name, value in os.environ.items() if name not in {"PORT", "FORCE_COLOR"}}
    plain = {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "88", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - the pages' own commands
            command,
            cwd=root,
            env={**keep, **plain},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CourseError(f'"{shown}" did not end within {SECONDS} s. Use {{try}} for a server.') from error
    except OSError as error:
        raise CourseError(f'"{shown}" could not be started: {error}.') from error
    if done.returncode != wanted:
        raise CourseError(
            f'"{shown}" ended with exit code {done.returncode}, not {wanted} (:exit: says which):\n{done.stdout}'
        )
    return done.stdout.replace(str(root) + os.sep, "").replace(str(root), ".")


def without(report: str, labels: str) -> str:
    """Return a report without the blocks that begin with one of the labels.

    Raises CourseError for a label that the report does not have.
    """
    blocks = report.split("\n\n")
    for label in filter(None, (each.strip() for each in labels.split(","))):
        kept = [block for block in blocks if not block.lstrip().startswith(f"{label} ")]
        if kept == blocks:
            raise CourseError(f'No block of the report begins with "{label}". See :skip:.')
        blocks = kept
    return "\n\n".join(blocks)


def steady(text: str) -> str:
    """Return a report without what differs from run to run."""
    for pattern, instead in FLEETING:
        text = pattern.sub(instead, text)
    return text


def setup(app: Sphinx) -> None:
    """Add {console} and {verdict}."""
    app.add_directive("console", Console)
    app.add_directive("verdict", Verdict)
