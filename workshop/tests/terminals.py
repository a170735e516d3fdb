"""A real terminal for tests: a program runs on it, keys are typed, its screen is read."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

PATIENCE = 60.0
"""Seconds until something that should be seen counts as missing; a slow machine needs some."""
UP, DOWN, PAGE_DOWN, END = "\x1b[A", "\x1b[B", "\x1b[6~", "\x1b[F"
ESCAPE, ENTER, CONTROL_C = "\x1b", "\r", "\x03"


Place = Mapping[str, str]
NORMAL: Place = {"TERM": "xterm-256color", "PYTHONUTF8": "1"}
"""What a terminal puts into the environment."""


class Terminal:
    """Runs Python with these words in a copy of the course, between `with`; then it is ended."""

    def __init__(
        self, root: Path, *words: str, columns: int = 80, lines: int = 24, place: Place = NORMAL
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        """Everything that was written."""
        unwanted = ("PYTEST", "COV_", "NO_COLOR", "COLUMNS", "LINES", "PROMPT_TOOLKIT")
        ours = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
        environment = {**ours, **NORMAL, **place}
        size = (lines, columns)
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable, list(words), cwd=str(root), env=environment, dimensions=size
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        self.child.close(force=True)
        if error:
            error.add_note(f"the screen:\n{self.text}")

    @property
    def rows(self) -> list[str]:
        """What each row of the screen shows, without the blanks at its end."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.rows)

    @property
    def flat(self) -> str:
        """What the screen shows as if it had one endless row: wrapped sentences are whole."""
        return " ".join(self.text.split())

    def style(self, text: str) -> pyte.screens.Char:
        """Return how the first letter of a text is shown."""
        row = next(at for at, shown in enumerate(self.rows) if text in shown)
        return self._screen.buffer[row][self.rows[row].index(text)]

    def type(self, keys: str) -> None:
        """Press keys."""
        self.child.send(keys)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self._screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def until(self, *texts: str, gone: str = "") -> str:
        """Wait until all these texts, wrapped or not, are shown, and another is not."""
        wanted = [" ".join(text.split()) for text in texts]
        return self.wait(
            lambda: all(text in self.flat for text in wanted) and not (gone and gone in self.flat),
            f"{wanted} shown{gone and f' and {gone!r} gone'}",
        )

    def wait(self, holds: Callable[[], bool], what: str) -> str:
        """Wait for a fact about the screen; return the screen."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if not self._read(end):
                raise AssertionError(f"not {what}")
        return self.text

    def ended(self) -> int:
        """Wait for the program's end; return its exit code, or minus the signal's number."""
        end = time.monotonic() + PATIENCE
        while self._read(end):
            pass
        assert time.monotonic() < end, "it does not end"
        self.child.wait()
        status = self.child.exitstatus
        return -(self.child.signalstatus or 0) if status is None else status

    def _read(self, end: float) -> bool:
        """Take in what the program wrote; False when it ended, or when time is over."""
        try:
            piece = self.child.read_nonblocking(65536, max(0.0, end - time.monotonic()))
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += piece
        self._stream.feed(piece)
        return True
