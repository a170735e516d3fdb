"""The learner's file of a check: read, copied together with its folder, put back if deleted."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from workshop.course import Exercise, misplaced
from workshop.course.files import SOURCE_LIMIT, gone_sentence

MAX_FILES = 10_000
"""Files that are copied at most; a folder of exercises has a handful."""


class UnreadableError(Exception):
    """Raised when there is no source to check; the message says why and what to do."""


def read(file: Path, exercise: Exercise) -> bytes:
    """Return the content of a file; raises UnreadableError when it is no readable source."""
    if not exercise.root.is_dir():
        raise UnreadableError(gone_sentence(exercise.root))
    back = f'"python -m workshop reset {exercise.name}" brings the original back.'
    try:
        if hiding := misplaced.hiding(exercise):
            raise UnreadableError(hiding)
        if file.is_dir():
            raise UnreadableError(f"{file.name} is a folder. Move it away; then {back}")
        if file.exists() and not file.is_file():
            raise UnreadableError(f"{file.name} is no ordinary file. Move it away; then {back}")
        if file.stat().st_size > SOURCE_LIMIT:
            size = f"{file.stat().st_size / 1024**2:.0f} MB"
            raise UnreadableError(f"{file.name} holds {size}: that is no source code. {back}")
        return file.read_bytes()
    except OSError as error:
        other = misplaced.misnamed(exercise) if isinstance(error, FileNotFoundError) else ""
        raise UnreadableError(
            f"{file.name} cannot be read ({error.strerror}).{other} {back}"
        ) from error


def copy(exercise: Exercise, content: bytes, home: Path) -> None:
    """Copy the exercise's folder into `home`, with `content` as the learner's file, without suites.

    Only files that can be read are copied: a pipe, a socket, a link to nowhere are left out.
    The copies are ordinary files, whatever the originals allow. Raises OSError.
    """
    place = home / exercise.step
    place.mkdir(exist_ok=True)
    for number, (file, name) in enumerate(_files(exercise.file.parent, ())):
        if number == MAX_FILES:
            break
        if name != exercise.file.name and not _is_suite(name):
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(PermissionError, FileNotFoundError):
                shutil.copyfile(file, target)
    (place / exercise.file.name).write_bytes(content)
    (home / "tmp").mkdir(exist_ok=True)


def _is_suite(name: str) -> bool:
    """Return whether this is the name of a suite, which the learner's code must not see."""
    return os.path.basename(name).startswith("test_") and name.endswith(".py")  # noqa: PTH119


def _files(
    folder: Path, above: tuple[tuple[int, int], ...], within: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield path and relative name of the ordinary files below a folder.

    Links to a folder that is above them (`above`: device and inode) are not followed.
    """
    try:
        entries = list(os.scandir(folder))
        state = os.stat(folder)  # noqa: PTH116
    except OSError:
        return
    take_sample = (state.st_dev, state.st_ino)
    if take_sample in above:
        return
    for entry in sorted(entries, key=lambda each: each.name):
        with contextlib.suppress(OSError):
            if entry.is_file():
                yield entry.path, within + entry.name
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(Path(entry.path), (*above, take_sample), f"{within}{entry.name}/")


def put_back(exercise: Exercise, content: bytes | None) -> None:
    """Write the learner's file if it is gone; never overwrite one that is there."""
    file = exercise.file
    if content is not None and exercise.root.is_dir() and not file.exists():
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as opened:
                opened.write(content)
