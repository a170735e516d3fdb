"""A backup of the exercises' folders before a check, to restore what the code changes in them.

The audit hook of `guards.protect_course` refuses writes by Python itself; programs, a database's
address and a folder's descriptor get past it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workshop.course import Exercise, files
from workshop.course.files import SOURCE_LIMIT, FileState, file_state, free_name, timestamp

MAX_FILES = 3_000
"""Files that are read at most."""
DATABASE = b"SQLite format 3\0"
PASSING = (".", "#", "~")
"""Beginnings and ends of the names of editors' temporary files."""

_remembered: dict[str, tuple[FileState, bytes]] = {}
"""Content by path, valid while the file's state is the same: saves reading all of them again."""


@dataclass
class Folders:
    """The content of the exercises' folders at one moment."""

    exercise: Exercise
    content: dict[str, tuple[FileState, bytes]] = field(default_factory=dict)
    """State and content by path; not of a large file."""
    names: set[str] = field(default_factory=set)

    @classmethod
    def now(cls, exercise: Exercise) -> Folders:
        """Read the folders; takes a few milliseconds the first time, then less than one."""
        found = cls(exercise)
        for entry in _entries(exercise.root / "exercises"):
            found.names.add(entry.path)
            if (state := _state_of(entry)) and state[1] <= SOURCE_LIMIT:
                known = _remembered.get(entry.path)
                if known is None or known[0] != state:
                    with contextlib.suppress(OSError):
                        known = _remembered[entry.path] = state, Path(entry.path).read_bytes()
                if known and known[0] == state:
                    found.content[entry.path] = known
        return found

    def put_back(self, unguarded: bool) -> str:
        """Restore the folders; return a sentence about what was restored, or "".

        `unguarded` says that the code may have reached them; otherwise only a database, which no
        person saves, counts as its work. Replaced files are kept in `.workshop/kept`; files that
        the course itself wrote meanwhile are left alone.
        """
        restored: list[str] = []
        with contextlib.suppress(OSError):
            files.check_root(self.exercise.root)
            restored += self._gone_or_changed(unguarded)
            restored += self._new(unguarded)
        if not restored:
            return ""
        return (
            f"Your code reached the course's own folders: {', '.join(restored)}. Take that out;"
            " write next to your own file, Path(__file__).parent: in a check that is a copy."
        )

    def _gone_or_changed(self, unguarded: bool) -> Iterator[str]:
        there = {
            entry.path: _state_of(entry) for entry in _entries(self.exercise.root / "exercises")
        }
        for name, (state, content) in self.content.items():
            if there.get(name) == state:
                continue
            file = Path(name)
            if file_state(file) is None:
                if unguarded and not os.path.lexists(file):
                    file.parent.mkdir(parents=True, exist_ok=True)
                    with file.open("xb") as opened:
                        opened.write(content)
                    yield f"{self._shown(file)} was deleted and is put back"
            elif self._is_changed(file, content, unguarded):
                yield self._restore(file, content)

    def _is_changed(self, file: Path, content: bytes, unguarded: bool) -> bool:
        """Return whether the code may have changed a file."""
        if files.was_written(file) or not file.is_file():
            return False
        return (unguarded or _is_database(file)) and file.read_bytes() != content

    def _restore(self, file: Path, content: bytes) -> str:
        """Restore a changed file; leave one that a person seems to have saved.

        The other content is kept. Returns what was done.
        """
        if _is_edited(content, file.read_bytes()):
            kept = self._free(file)
            files.write_atomically(kept, content)
            return (
                f"{self._shown(file)} changed meanwhile and is left so"
                f" ({self._shown(kept)} has what was there)"
            )
        other = self._keep(file)
        files.write_atomically(file, content)
        return f"{self._shown(file)} was changed and is put back ({other} has the other)"

    def _new(self, unguarded: bool) -> Iterator[str]:
        for entry in list(_entries(self.exercise.root / "exercises", folders=True)):
            file = Path(entry.path)
            passing = entry.name.startswith(PASSING) or entry.name.endswith(PASSING)
            if entry.path in self.names or passing or files.was_written(file):
                continue
            inside = any(name.startswith(entry.path + os.sep) for name in self.names)
            if not inside and (unguarded or _is_database(file)) and os.path.lexists(file):
                yield f"{self._shown(file)} was made and is moved to {self._keep(file)}"

    def _keep(self, file: Path) -> str:
        """Move a file or folder to the kept copies; return its new path."""
        kept = self._free(file)
        file.rename(kept)
        return self._shown(kept)

    def _free(self, file: Path) -> Path:
        """Return an unused path for the kept copy of a file."""
        folder = self.exercise.root / ".workshop" / "kept" / file.parent.name
        return free_name(folder, f"{file.stem}-{timestamp()}", file.suffix)

    def _shown(self, file: Path) -> str:
        return file.relative_to(self.exercise.root).as_posix()


def _entries(folder: Path | str, folders: bool = False) -> Iterator[os.DirEntry[str]]:
    """Yield the files and links below a folder; with `folders`, its subfolders too."""
    count, ahead = 0, [os.fspath(folder)]
    while ahead and count < MAX_FILES:
        try:
            entries = list(os.scandir(ahead.pop()))
        except OSError:
            continue
        for entry in entries:
            count += 1
            if not entry.is_dir(follow_symlinks=False):
                yield entry
            elif entry.name != "__pycache__":
                ahead.append(entry.path)
                if folders:
                    yield entry


def _state_of(entry: os.DirEntry[str]) -> tuple[int, int, int] | None:
    """Return the modification time (ns), size and inode of an ordinary file, else None."""
    with contextlib.suppress(OSError):
        if entry.is_file(follow_symlinks=False):
            now = entry.stat(follow_symlinks=False)
            return now.st_mtime_ns, now.st_size, now.st_ino
    return None


def _is_edited(before: bytes, after: bytes) -> bool:
    """Return whether a person may have edited `before` into `after`: most of its lines stayed."""
    lines = {line.strip() for line in before.splitlines() if line.strip()}
    stayed = lines & {line.strip() for line in after.splitlines()}
    return len(stayed) * 2 > len(lines)


def _is_database(file: Path) -> bool:
    """Return whether a file is an SQLite database."""
    with contextlib.suppress(OSError):
        if file.is_file():
            with file.open("rb") as opened:
                return opened.read(len(DATABASE)) == DATABASE
    return False
