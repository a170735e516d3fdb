"""Files and locks: atomic writes, free names, the state of a file, the lock of an open file."""

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

FileState = tuple[int, int, int] | None
"""Time of change (ns), size and inode of a file; None for one that does not exist."""

SOURCE_LIMIT = 1024 * 1024
"""Bytes of a learner's file: more is no source code."""
NEW = ".new"
UNFINISHED = re.compile(r"\.\S+\.[a-z0-9_]{8}\.new")
"""The name of a file until it replaces another one: `.greet.py.k3x_9a0b.new`."""
LOCK_SECONDS = 1.0
"""Seconds after which the process that made such a file has locked it."""
REMEMBERED = 200
_written: dict[str, FileState] = {}
"""The states of the files that this process wrote last, by path."""


def file_state(file: Path) -> FileState:
    """Return the state of a file: another one as soon as the file was written."""
    try:
        now = file.stat()
    except OSError:
        return None
    return now.st_mtime_ns, now.st_size, now.st_ino


class GoneError(FileNotFoundError):
    """The course's folder is not where it was; the message says what to do."""


def check_root(root: Path) -> None:
    """Raise GoneError unless a course's folder exists: nothing may be created in its place."""
    if not root.is_dir():
        raise GoneError(errno.ENOENT, gone_sentence(root))


def gone_sentence(root: Path) -> str:
    """Return the sentence about a course whose folder does not exist any more."""
    return (
        f"The course's folder is no longer at {root}: it was renamed, moved or removed."
        " Bring it back to go on, or stop the course and start it from its new place."
    )


def timestamp() -> str:
    """Return the time (UTC) for the name of a file, such as "20000101-120000"."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return the path of a file that does not exist, numbered if need be; create the folder.

    Raises OSError when the folder cannot be created.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file, again = folder / f"{stem}{suffix}", 1
    while os.path.lexists(file):
        again += 1
        file = folder / f"{stem}-{again}{suffix}"
    return file


def remove_unfinished(folder: Path) -> None:
    """Remove new files that were never finished, because the process that wrote them is gone.

    New files that another process has locked, and all other files, stay.
    """
    for file in folder.glob(f".*{NEW}"):
        with contextlib.suppress(OSError):
            if (
                UNFINISHED.fullmatch(file.name)
                and time.time() - file.lstat().st_mtime > LOCK_SECONDS
            ):
                with file.open("r+b") as opened:
                    orphaned = try_lock(opened)
                if orphaned:
                    file.unlink()


def was_written(file: Path) -> bool:
    """Return whether a file has the content that this process wrote lately."""
    now = file_state(file)
    return now is not None and _written.get(os.fspath(file)) == now


def write_atomically(file: Path, content: bytes) -> None:
    """Replace a file by one rename: a reader sees the old content or the new, never a part.

    The new file has the permissions of the old one. Raises OSError.
    """
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=NEW)
    try:
        with contextlib.suppress(OSError):
            shutil.copymode(file, name)
        with os.fdopen(handle, "wb") as stream:
            with contextlib.suppress(OSError):  # some network drives know no locks
                try_lock(stream)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
        _written[os.fspath(file)] = file_state(file)
        while len(_written) > REMEMBERED:
            del _written[next(iter(_written))]
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


if sys.platform == "win32":
    import msvcrt

    def try_lock(opened: IO[bytes]) -> bool:
        """Lock an open file without waiting; return whether it was free. Raises OSError.

        The system releases the lock when the file is closed, or its process ends.
        """
        opened.seek(0)
        try:
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def try_lock(opened: IO[bytes]) -> bool:
        """Lock an open file without waiting; return whether it was free. Raises OSError.

        The system releases the lock when the file is closed, or its process ends.
        """
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
