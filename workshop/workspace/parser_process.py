"""The subprocess of `Parser`: tries whether texts compile. This file runs as a script.

Standard input has texts, each behind its length; standard output gets one byte for each. The
process ends at end of file. It imports little, so that it starts fast.
"""

from __future__ import annotations

import signal
import sys
import warnings

SIZE = 4
"""Bytes of the length before each text, big-endian."""
LONGEST = 10
"""Seconds after which SIGALRM ends the process, in case its parent is gone by then."""


def whole(content: bytes) -> bool:
    """Return whether a text compiles."""
    try:
        compile(content, "file", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True


def main() -> None:
    """Write one byte when ready, then one for each text: 1 if it compiles, else 0."""
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
