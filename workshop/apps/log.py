"""The output of an app: its last lines, passed on in batches."""

from __future__ import annotations

import asyncio
import codecs
from collections import deque
from collections.abc import Callable

LINES = 300
"""Lines that are kept."""
WIDTH = 1_000
"""Characters of a line that are kept."""
BATCH_SECONDS = 0.05
"""Seconds in which lines are gathered into one batch: a flood must not block the page."""


class AppLog:
    """The last `LINES` lines of an app; each batch of new lines is passed to `on_lines`."""

    def __init__(self, on_lines: Callable[[list[str]], None]) -> None:
        self.lines: deque[str] = deque(maxlen=LINES)
        self.printed = 0
        """Number of all lines so far."""
        self._on_lines = on_lines
        self._fresh: deque[str] = deque(maxlen=LINES)
        self._timer: asyncio.TimerHandle | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, data: bytes) -> None:
        """Take output, in UTF-8; an unfinished line waits for its end."""
        text = self._rest + self._decoder.decode(data)
        *lines, rest = text.replace("\r\n", "\n").split("\n")
        self._rest = rest[:WIDTH]
        for line in lines[-LINES:]:
            self.add_line(line)

    def add_line(self, line: str) -> None:
        """Add a line."""
        cut = line if len(line) <= WIDTH else line[:WIDTH] + " …"
        self.lines.append(cut)
        self.printed += 1
        self._fresh.append(cut)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BATCH_SECONDS, self.flush)

    def end(self) -> None:
        """Take an unfinished line as a line: the output has ended."""
        if self._rest:
            self.add_line(self._rest)
            self._rest = ""
        self.flush()

    def flush(self) -> None:
        """Pass on the lines that were not passed on yet."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._fresh:
            self._on_lines(list(self._fresh))
            self._fresh.clear()
