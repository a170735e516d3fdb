"""Locks on files: the system gives one back when the process that has it is gone."""

from __future__ import annotations

import sys
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def take(opened: IO[bytes]) -> bool:
        """Take the lock of an open file; return whether it was free. Raises OSError."""
        opened.seek(0)
        try:
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def take(opened: IO[bytes]) -> bool:
        """Take the lock of an open file; return whether it was free. Raises OSError."""
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
