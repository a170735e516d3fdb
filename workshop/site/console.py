"""{console}: what commands print, run when the site is built."""

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
from workshop.site.dialogue import own_data
from workshop.site.directive import CourseDirective
from workshop.site.html import literal

SECONDS = 20
"""How long a command may take."""
PROMPT = "$ "
UNSET = frozenset({"PORT", "FORCE_COLOR"})
PLAIN = {"NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
"""The surroundings of a command: the same wherever the pages are built."""
FLEETING = (
    (re.compile(r"^.*\bDate: .*\n", re.MULTILINE), ""),
    (re.compile(r"(?<=\b127\.0\.0\.1:)(?:3[2-9]|[4-6]\d)\d{3}\b"), "8080"),
    (re.compile(r"\[\d\d/\w{3}/\d{4}:[\d:]{8} [+-]\d{4}\]"), "[…]"),
    (re.compile(r"(?<=\bin )\d+\.\d+ ?s\b"), "… s"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
)
"""What holds for one run only: dates, ports, durations, the spaces that fill a line."""


class Console(CourseDirective):
    """Commands and what they print."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = {"exit": directives.nonnegative_int}

    def build(self) -> list[nodes.Node]:
        """Return one block of commands with their output; `:exit:` is the last one's exit code."""
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


def run(words: Sequence[str], root: Path, wanted: int, columns: int = 88) -> str:
    """Return what a command prints, both streams together, on a screen of so many columns.

    It is the same at every run, with paths as seen from the course's folder. "python" is the
    Python that builds. Raises CourseError when it ends with another exit code, or not at all.
    """
    command = [sys.executable if words[0] == "python" else words[0], *words[1:]]
    shown = shlex.join(words)
    try:
        with own_data():
            env = {name: value for name, value in os.environ.items() if name not in UNSET}
            done = subprocess.run(  # noqa: S603 - the pages' own commands
                command,
                cwd=root,
                env={**env, **PLAIN, "COLUMNS": str(columns)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise CourseError(
            f'"{shown}" did not end within {SECONDS} s. Use {{try}} for a server.'
        ) from error
    except OSError as error:
        raise CourseError(f'"{shown}" could not be started: {error}.') from error
    if done.returncode != wanted:
        raise CourseError(
            f'"{shown}" ended with exit code {done.returncode}, not {wanted}'
            f" (:exit: says which):\n{done.stdout}"
        )
    return steady(done.stdout.replace(str(root) + os.sep, "").replace(str(root), "."))


def steady(text: str) -> str:
    """Return what was printed without what differs from run to run."""
    for pattern, instead in FLEETING:
        text = pattern.sub(instead, text)
    return text


def setup(app: Sphinx) -> None:
    """Add {console}."""
    app.add_directive("console", Console)
