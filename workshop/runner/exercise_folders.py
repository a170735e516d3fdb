"""The folders of the exercises as they were before a check, in case its code reaches them.

Python's own ways there are refused (`guards.protect`); programs, a database's address and a
folder's descriptor get past that.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workshop.course import Exercise, files
from workshop.course.files import SOURCE_LIMIT, Seen, free_name, seen, stamp

MAX_FILES = 3_000
"""Files that are looked at."""
DATABASE = b"SQLite format 3\0"
PASSING = (".", "#", "~")
"""What the names of an editor's own files begin or end with."""

_remembered: dict[str, tuple[Seen, bytes]] = {}
"""What stood in a file, as long as it is the same: a check must not read all of them again."""


@dataclass
class Folders:
    """What lay in the folders of the exercises."""

    exercise: Exercise
    content: dict[str, tuple[Seen, bytes]] = field(default_factory=dict)
    """By path; of a large file nothing is known but that it was there."""
    names: set[str] = field(default_factory=set)

    @classmethod
    def now(cls, exercise: Exercise) -> Folders:
        """Look at them; takes a few milliseconds the first time, then less than one."""
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
        """Make the folders as they were; return a sentence about what that was, or nothing.

        `reached` says that the code had a way there; otherwise only what no person saves, a
        database, is taken for its work. What is in the way is kept, and nothing that the course
        itself wrote meanwhile is touched.
        """
        said: list[str] = []
        with contextlib.suppress(OSError):
            files.check_there(self.exercise.root)
            said += self._gone_or_changed(unguarded)
            said += self._new(unguarded)
        if not said:
            return ""
        return (
            f"Your code reached the course's own folders: {', '.join(said)}. Take that out;"
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
            if seen(file) is None:
                if unguarded and not os.path.lexists(file):
                    file.parent.mkdir(parents=True, exist_ok=True)
                    with file.open("xb") as opened:
                        opened.write(content)
                    yield f"{self._shown(file)} was deleted and is put back"
            elif self._is_changed(file, content, unguarded):
                yield self._restore(file, content)

    def _is_changed(self, file: Path, content: bytes, unguarded: bool) -> bool:
        """Say whether the code may have changed a file."""
        if files.was_written(file) or not file.is_file():
            return False
        return (unguarded or _is_database(file)) and file.read_bytes() != content

    def _restore(self, file: Path, content: bytes) -> str:
        """Put a file back whose content is another; leave one that a person seems to have saved.

        What is not left there is kept.
        """
        if _is_edited(content, file.read_bytes()):
            kept = self._free(file)
            files.write(kept, content)
            return (
                f"{self._shown(file)} changed meanwhile and is left so"
                f" ({self._shown(kept)} has what was there)"
            )
        other = self._keep(file)
        files.write(file, content)
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
        """Move what is there to the kept copies; return where it is now."""
        kept = self._free(file)
        file.rename(kept)
        return self._shown(kept)

    def _free(self, file: Path) -> Path:
        """Return a name for a copy of a file, among those of its step."""
        folder = self.exercise.root / ".workshop" / "kept" / file.parent.name
        return free_name(folder, f"{file.stem}-{stamp()}", file.suffix)

    def _shown(self, file: Path) -> str:
        return file.relative_to(self.exercise.root).as_posix()


def _entries(folder: Path | str, folders: bool = False) -> Iterator[os.DirEntry[str]]:
    """Yield the files below a folder, links too, and the folders themselves if asked for."""
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
    """Return the mark of an ordinary file; None for anything else."""
    with contextlib.suppress(OSError):
        if entry.is_file(follow_symlinks=False):
            now = entry.stat(follow_symlinks=False)
            return now.st_mtime_ns, now.st_size, now.st_ino
    return None


def _is_edited(before: bytes, after: bytes) -> bool:
    """Say whether a person may have made one content of the other: most of its lines stayed."""
    lines = {line.strip() for line in before.splitlines() if line.strip()}
    stayed = lines & {line.strip() for line in after.splitlines()}
    return len(stayed) * 2 > len(lines)


def _is_database(file: Path) -> bool:
    """Say whether SQLite made a file."""
    with contextlib.suppress(OSError):
        if file.is_file():
            with file.open("rb") as opened:
                return opened.read(len(DATABASE)) == DATABASE
    return False
