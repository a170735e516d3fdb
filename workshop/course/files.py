"""Files: replaced whole or not at all, known again, never written over."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

Seen = tuple[int, int, int] | None
"""By what a file is known to be the one of before; None for one that is not there."""

SOURCE_LIMIT = 1024 * 1024
"""Bytes of a learner's file: more is no source code."""
NEW = ".new"
HALF = re.compile(r"\.\S+\.[a-z0-9_]{8}\.new")
"""What a file is called until it takes the place of another: `.greet.py.k3x_9a0b.new`."""
AGE = 1.0
"""Seconds after which whoever made such a file has its lock."""
REMEMBERED = 200
_written: dict[str, Seen] = {}
"""The marks of the files that this process wrote last, by path."""


def seen(file: Path) -> Seen:
    """Return a mark that is another one as soon as the file was written."""
    try:
        now = file.stat()
    except OSError:
        return None
    return now.st_mtime_ns, now.st_size, now.st_ino


class GoneError(FileNotFoundError):
    """The course's folder is not where it was; the message says what to do."""


def check_there(root: Path) -> None:
    """Raise GoneError when a course's folder is gone: nothing may be made in its place."""
    if not root.is_dir():
        raise GoneError(errno.ENOENT, gone(root))


def gone(root: Path) -> str:
    """Return the sentence about a course whose folder is gone."""
    return (
        f"The course's folder is no longer at {root}: it was renamed, moved or removed."
        " Bring it back to go on, or stop the course and start it from its new place."
    )


def stamp() -> str:
    """Return the time (UTC) as it stands in names of files, such as "20000101-120000"."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return a file of a folder, made if need be, that is not there: a number is put behind."""
    folder.mkdir(parents=True, exist_ok=True)
    file, again = folder / f"{stem}{suffix}", 1
    while os.path.lexists(file):
        again += 1
        file = folder / f"{stem}-{again}{suffix}"
    return file


def tidy(folder: Path) -> None:
    """Remove new files that were never finished: whoever wrote them is gone.

    Those that another process writes now, and whatever else lies there, stay.
    """
    for file in folder.glob(f".*{NEW}"):
        with contextlib.suppress(OSError):
            if HALF.fullmatch(file.name) and time.time() - file.lstat().st_mtime > AGE:
                with file.open("r+b") as opened:
                    orphaned = take(opened)
                if orphaned:
                    file.unlink()


def was_written(file: Path) -> bool:
    """Say whether a file is as this process wrote it, not long ago."""
    now = seen(file)
    return now is not None and _written.get(os.fspath(file)) == now


def write(file: Path, content: bytes) -> None:
    """Replace a file whole: a reader sees the old content or the new, never a half.

    The new file has the rights of the old one.
    """
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=NEW)
    try:
        with contextlib.suppress(OSError):
            shutil.copymode(file, name)
        with os.fdopen(handle, "wb") as stream:
            with contextlib.suppress(OSError):  # some network drives know no locks
                take(stream)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
        _written[os.fspath(file)] = seen(file)
        while len(_written) > REMEMBERED:
            del _written[next(iter(_written))]
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
