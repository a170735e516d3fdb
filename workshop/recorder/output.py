"""Captured output of the learner's code, with a limit, and a standard input that is empty."""

from __future__ import annotations

import io
import re

from workshop.report import OUTPUT_LIMIT

CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]")
"""Control sequences and control characters: a report shows text only."""


class OutputLimitError(BaseException):
    """Raised in code that prints without end; `except Exception` does not catch it."""


class CapturedOutput(io.TextIOBase):
    """A text stream that stores the first characters and limits how many are written."""

    LIMIT = 1_000_000

    def __init__(self) -> None:
        self._kept = ""
        self._count = 0

    def write(self, text: str) -> int:
        """Store the text.

        Raises OutputLimitError past a million characters, TypeError for a value that is no str.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if len(self._kept) <= OUTPUT_LIMIT:
            self._kept += printable(text[: 4 * OUTPUT_LIMIT])[: OUTPUT_LIMIT + 1]
        self._count += len(text)
        if self.overflowed:
            raise OutputLimitError(f"more than {self.LIMIT:,} characters were printed")
        return len(text)

    def writable(self) -> bool:
        """Return True."""
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding that text would have."""
        return "utf-8"

    @property
    def overflowed(self) -> bool:
        """Whether more than `LIMIT` characters were printed."""
        return self._count > self.LIMIT

    def text(self) -> str:
        """Return the stored text, with a mark where it was cut (Exercism's limit of 500)."""
        if len(self._kept) <= OUTPUT_LIMIT:
            return self._kept
        note = "\n[cut]"
        return self._kept[: OUTPUT_LIMIT - len(note)] + note


def printable(text: str) -> str:
    """Return text without control characters and without lone surrogates."""
    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return CONTROL.sub("", whole.replace("\r\n", "\n"))


class NoStdin(io.TextIOBase):
    """The standard input of a check: reading raises EOFError."""

    def readable(self) -> bool:
        """Return True."""
        return True

    def read(self, size: int | None = -1, /) -> str:
        """Raise EOFError."""
        raise EOFError("EOF when reading a line: in a check nobody types")

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        """Raise EOFError."""
        return self.read()

    def fileno(self) -> int:
        """Return 0, which reads as empty."""
        return 0
