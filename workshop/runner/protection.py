"""The course's own files are out of reach of the code that is checked.

Learner code runs on a copy, so it meets them only by an absolute path; then it is an accident.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

CHANGES = frozenset(
    {f"os.{verb}" for verb in ("chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir")}
    | {"os.symlink", "os.truncate", "shutil.move", "shutil.rmtree", "sqlite3.connect"}
)
"""Audit events whose first arguments are paths that will be changed."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


PROGRAMS = frozenset(
    {"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork", "os.forkpty"}
    | {"pty.spawn", "ctypes.dlopen"}
)
"""Audit events of what is not held back."""


def protect(root: Path, place: Path, reached: Callable[[str], None]) -> None:
    """Refuse, from now on, to write below `root`, except below `place` and in `__pycache__`.

    Whoever tries gets a PermissionError. It lasts as long as the process; programs that the
    process starts are not held back: `reached` hears, once, of each such way.
    """
    told: set[str] = set()

    def tell(event: str) -> None:
        if event not in told:
            told.add(event)
            reached(event)

    course, own = os.path.realpath(root) + os.sep, os.path.realpath(place) + os.sep

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            flags = arguments[2] if len(arguments) > 2 else 0
            paths = arguments[:1] if isinstance(flags, int) and flags & WRITING else ()
            if not paths and arguments[1] is None and _folder(arguments[0], course):
                tell(event)
        elif event in PROGRAMS:
            tell(event)
            return
        elif event in CHANGES:
            paths = arguments[:2]
            if event == "sqlite3.connect" and str(arguments[0])[:5] in {"file:", "b'fil"}:
                tell(event)
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


def _folder(path: object, course: str) -> bool:
    """Say whether this is a folder of the course: its descriptor leads to whatever is in it."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    full = os.path.realpath(os.fsdecode(path))
    return f"{full}{os.sep}".startswith(course) and os.path.isdir(full)  # noqa: PTH112
