"""Lines that are typed, while something else goes on."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Callable


class Typed(threading.Thread):
    """Reads standard input and tells each line, without its blanks; at the end it tells None.

    A thread, since that works on every system. It reads below Python's own buffer: one that is
    still being read when Python ends would stop it with an error.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, tell: Callable[[str | None], object]
    ) -> None:
        super().__init__(daemon=True, name="typed lines")
        self._loop = loop
        self._tell = tell

    def run(self) -> None:
        """Read until the end."""
        rest, number = b"", sys.stdin.fileno()
        with contextlib.suppress(OSError, RuntimeError):  # no terminal or no loop any more
            while piece := os.read(number, 4096):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self._loop.call_soon_threadsafe(
                        self._tell, line.decode(errors="replace").strip()
                    )
            self._loop.call_soon_threadsafe(self._tell, None)
