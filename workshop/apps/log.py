"""What an app prints: the last lines, told in bundles."""

from __future__ import annotations

import asyncio
import codecs
from collections import deque
from collections.abc import Callable

LINES = 300
"""Lines that are kept."""
WIDTH = 1_000
"""Characters of a line that are kept."""
BUNDLE = 0.05
"""Seconds in which lines are gathered before they are told: a flood must not stop the page."""


class Log:
    """The last lines that came, and what to do when more come."""

    def __init__(self, told: Callable[[list[str]], None]) -> None:
        self.lines: deque[str] = deque(maxlen=LINES)
        self.printed = 0
        """Lines that came by now."""
        self._told = told
        self._fresh: deque[str] = deque(maxlen=LINES)
        self._timer: asyncio.TimerHandle | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, data: bytes) -> None:
        """Take what was printed; half a line waits for its end."""
        text = self._rest + self._decoder.decode(data)
        *lines, rest = text.replace("\r\n", "\n").split("\n")
        self._rest = rest[:WIDTH]
        for line in lines[-LINES:]:
            self.say(line)

    def say(self, line: str) -> None:
        """Add a line."""
        cut = line if len(line) <= WIDTH else line[:WIDTH] + " …"
        self.lines.append(cut)
        self.printed += 1
        self._fresh.append(cut)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BUNDLE, self.flush)

    def end(self) -> None:
        """Take what waits as a line: no more comes."""
        if self._rest:
            self.say(self._rest)
            self._rest = ""
        self.flush()

    def flush(self) -> None:
        """Tell what was not told yet."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._fresh:
            self._told(list(self._fresh))
            self._fresh.clear()
