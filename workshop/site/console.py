"""{console}: commands and their output; they run while the site is built."""

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
from workshop.site.dialogue import temporary_data
from workshop.site.directive import CourseDirective
from workshop.site.html import literal

SECONDS = 20
"""The time limit of a command, in seconds."""
PROMPT = "$ "
UNSET = frozenset({"PORT", "FORCE_COLOR"})
PLAIN = {"NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
"""Environment variables of every command, so that output does not depend on the machine."""
UNSTABLE = (
    (re.compile(r"^.*\bDate: .*\n", re.MULTILINE), ""),
    (re.compile(r"(?<=\b127\.0\.0\.1:)(?:3[2-9]|[4-6]\d)\d{3}\b"), "8080"),
    (re.compile(r"\[\d\d/\w{3}/\d{4}:[\d:]{8} [+-]\d{4}\]"), "[…]"),
    (re.compile(r"(?<=\bin )\d+\.\d+ ?s\b"), "… s"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
)
"""Output that differs from run to run: dates, ports, durations, trailing spaces."""


class ConsoleDirective(CourseDirective):
    """{console}: a block of commands, each with its output."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = {"exit": directives.nonnegative_int}

    def build(self) -> list[nodes.Node]:
        """Return one block of commands with their output; `:exit:` is the last one's exit code."""
        commands = [line.strip() for line in self.content if line.strip()]
        if not commands or not all(line.startswith(PROMPT) for line in commands):
            raise CourseError(f'Each line of {{console}} is a command after "{PROMPT}".')
        expected_code = self.options.get("exit", 0)
        shown = []
        for number, line in enumerate(commands, 1):
            words = shlex.split(line.removeprefix(PROMPT))
            self._depend_on(words)
            code = expected_code if number == len(commands) else 0
            shown.append(f"{line}\n{run(words, self.root, code)}")
        return [literal("".join(shown).rstrip() + "\n", "console", classes="session")]

    def _depend_on(self, words: Sequence[str]) -> None:
        """Rebuild the page when a program changes that a word of the command names."""
        for word in words:
            for path in (self.root / word, self.root / (word.replace(".", "/") + ".py")):
                if path.is_file():
                    self.depend(path)
                    self.depend_on_folder(path.parent, "*.py")


def run(words: Sequence[str], root: Path, expected_code: int, columns: int = 88) -> str:
    """Return the output of a command, stdout and stderr together, for a width in columns.

    Paths are relative to the course's folder; "python" is `sys.executable`.
    Raises CourseError when the exit code is another one, at a timeout, or without the program.
    """
    command = [sys.executable if words[0] == "python" else words[0], *words[1:]]
    shown = shlex.join(words)
    try:
        with temporary_data():
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
    if done.returncode != expected_code:
        raise CourseError(
            f'"{shown}" ended with exit code {done.returncode}, not {expected_code}'
            f" (:exit: says which):\n{done.stdout}"
        )
    return reproducible_text(done.stdout.replace(str(root) + os.sep, "").replace(str(root), "."))


def reproducible_text(text: str) -> str:
    """Return output with fixed values in place of those that differ from run to run."""
    for pattern, instead in UNSTABLE:
        text = pattern.sub(instead, text)
    return text


def setup(app: Sphinx) -> None:
    """Add {console}."""
    app.add_directive("console", ConsoleDirective)
