"""Says whether texts are programs, in a process of its own: this file, run by itself.

While a text is compiled nothing else of a process can run. It imports next to nothing, and ends
when standard input does.
"""

from __future__ import annotations

import signal
import sys
import warnings

SIZE = 4
"""Bytes that say how long the text behind them is."""
LONGEST = 10
"""Seconds after which the system ends it, should whoever asked be gone by then."""


def whole(content: bytes) -> bool:
    """Say whether a text is a program."""
    try:
        compile(content, "file", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True


def main() -> None:
    """Answer each text with a byte; one more comes first, when it is ready."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all processes of a terminal
    said = b"\1"
    while True:
        sys.stdout.buffer.write(said)
        sys.stdout.buffer.flush()
        size = sys.stdin.buffer.read(SIZE)
        content = sys.stdin.buffer.read(int.from_bytes(size, "big"))
        if len(size) < SIZE:
            return
        if hasattr(signal, "alarm"):
            signal.alarm(LONGEST)
        said = bytes([whole(content)])


if __name__ == "__main__":
    main()
