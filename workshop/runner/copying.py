"""A copy of an exercise's folder, on which its checks run."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from workshop.course import Exercise

MOST = 10_000
"""Files that are copied; a folder of exercises has a handful."""


def copy(exercise: Exercise, content: bytes, home: Path) -> None:
    """Copy the exercise's folder without the suites, with this content as the learner's file.

    Only files that can be read are copied: a pipe, a socket, a link to nowhere are left out.
    The copies are ordinary files, whatever the originals allow. Raises OSError.
    """
    place = home / exercise.step
    place.mkdir(exist_ok=True)
    for number, (file, name) in enumerate(_files(exercise.file.parent, ())):
        if number == MOST:
            break
        if name != exercise.file.name and not _ours(name):
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(PermissionError, FileNotFoundError):
                shutil.copyfile(file, target)
    (place / exercise.file.name).write_bytes(content)
    (home / "tmp").mkdir(exist_ok=True)


def _ours(name: str) -> bool:
    """Say whether this is a suite: the learner's code does not see them."""
    return os.path.basename(name).startswith("test_") and name.endswith(".py")  # noqa: PTH119


def _files(
    folder: Path, above: tuple[tuple[int, int], ...], within: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the ordinary files below a folder: path, and name within the first folder.

    A link to a folder that is above it leads nowhere new.
    """
    try:
        entries = list(os.scandir(folder))
        state = os.stat(folder)  # noqa: PTH116
    except OSError:
        return
    here = (state.st_dev, state.st_ino)
    if here in above:
        return
    for entry in sorted(entries, key=lambda each: each.name):
        with contextlib.suppress(OSError):
            if entry.is_file():
                yield entry.path, within + entry.name
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(Path(entry.path), (*above, here), f"{within}{entry.name}/")
