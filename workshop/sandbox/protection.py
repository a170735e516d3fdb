"""The course's own files are out of reach of the code that is checked.

Learner code runs on a copy, so it meets them only by an absolute path; then it is an accident.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

CHANGES = frozenset(
    {f"os.{verb}" for verb in ("chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir")}
    | {"os.symlink", "os.truncate", "shutil.move", "shutil.rmtree", "sqlite3.connect"}
)
"""Audit events whose first arguments are paths that will be changed."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def protect(root: Path, place: Path) -> None:
    """Refuse, from now on, to write below `root`, except below `place` and in `__pycache__`.

    Whoever tries gets a PermissionError. It lasts as long as the process; programs that the
    process starts are not held back.
    """
    course, own = os.path.realpath(root) + os.sep, os.path.realpath(place) + os.sep

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            flags = arguments[2] if len(arguments) > 2 else 0
            paths = arguments[:1] if isinstance(flags, int) and flags & WRITING else ()
        elif event in CHANGES:
            paths = arguments[:2]
        else:
            return
        for path in paths:
            if isinstance(path, str | bytes | os.PathLike):
                full = os.path.realpath(os.fsdecode(path))
                inside = full.startswith(course) and not full.startswith(own)
                if inside and "__pycache__" not in full:
                    name = full.removeprefix(course)
                    raise PermissionError(f"{name} is the course's own: no check may change it")

    sys.addaudithook(watch)
