"""Files: replaced whole or not at all, known again, never written over."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

Seen = tuple[int, int, int] | None
"""By what a file is known to be the one of before; None for one that is not there."""


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


def write(file: Path, content: bytes) -> None:
    """Replace a file whole: a reader sees the old content or the new, never a half.

    The new file has the rights of the old one.
    """
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with contextlib.suppress(OSError):
            shutil.copymode(file, name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
