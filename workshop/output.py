"""What the learner's code prints, kept up to a limit."""

from __future__ import annotations

import io

from workshop.report import OUTPUT_LIMIT


class OutputLimitError(BaseException):
    """Raised into code that prints without end; no `except Exception` holds it up."""


class Printed(io.TextIOBase):
    """A text stream that keeps the first characters and stops whoever writes too many."""

    LIMIT = 1_000_000

    def __init__(self) -> None:
        self._kept = ""
        self._count = 0

    def write(self, text: str) -> int:
        """Keep the text; raises OutputLimitError past a million characters."""
        self._kept += text[: max(0, OUTPUT_LIMIT + 1 - len(self._kept))]
        self._count += len(text)
        if self.overflowed:
            raise OutputLimitError(f"more than {self.LIMIT:,} characters were printed")
        return len(text)

    def writable(self) -> bool:
        """Say that this stream can be written to."""
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding that text would have."""
        return "utf-8"

    @property
    def overflowed(self) -> bool:
        """Whether more was printed than anyone will read."""
        return self._count > self.LIMIT

    def text(self) -> str:
        """Return what was kept, with a mark where it was cut (Exercism's limit of 500)."""
        if len(self._kept) <= OUTPUT_LIMIT:
            return self._kept
        note = "\n[cut]"
        return self._kept[: OUTPUT_LIMIT - len(note)] + note
