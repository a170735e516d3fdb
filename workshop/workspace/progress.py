"""The learner's progress: its file, the last reports, kept copies, and the next exercise."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from workshop.course import ROOT, WHEN, Exercise
from workshop.course.files import (
    FileState,
    GoneError,
    check_root,
    file_state,
    free_name,
    timestamp,
    write_atomically,
)
from workshop.report import Report, encode, from_json, to_json
from workshop.workspace import document
from workshop.workspace.progress_file import Entry, ProgressExport, exclusive_lock, merge, read

FOLDER = ".workshop"
LOCK = "progress.lock"
F = TypeVar("F", bound=Callable[..., Any])


def _exclusive(method: F) -> F:
    """Run a method under the locks of thread and process, after reading what others wrote."""

    @functools.wraps(method)
    def wrapped(self: Progress, *arguments: Any) -> Any:
        with self.lock, exclusive_lock(self.folder / LOCK):
            if self._unreadable or self.file.exists():
                self._reload()
            return method(self, *arguments)

    return cast("F", wrapped)


class Progress:
    """The learner's progress in the folder `.workshop`, which the first write creates."""

    def __init__(self, root: Path = ROOT) -> None:
        self.folder = root / FOLDER
        self.file = self.folder / "progress.json"
        self.lock = threading.RLock()
        """Held while the entries are changed."""
        self.notice: str | None = None
        """A sentence when the file could not be read: it was renamed, or is left as it is."""
        self._unreadable: OSError | None = None
        """Why the file can be neither read nor renamed; then it is not overwritten either."""
        self._unsaved = False
        """Whether there are entries that could not be written yet."""
        self._known: dict[str, Entry] = {}
        self._seen: FileState = None
        self._reload()
        self._versions: dict[str, tuple[FileState, str | None]] = {}

    def entry(self, exercise: Exercise) -> Entry:
        """Return the entry of an exercise; a new one where there is none."""
        return self._entries().get(exercise.key) or Entry()

    def done(self, exercise: Exercise) -> bool:
        """Return whether an exercise has passed once."""
        return self.entry(exercise).done is not None

    def next_open(self, exercises: Iterable[Exercise]) -> Exercise | None:
        """Return the first exercise that is not done: for the room, then home, then stretch."""
        still = [exercise for exercise in exercises if not self.done(exercise)]
        return min(still, key=lambda exercise: WHEN.index(exercise.when), default=None)

    def following(self, exercise: Exercise, exercises: Sequence[Exercise]) -> Exercise | None:
        """Return what comes after an exercise that has passed.

        After one of the room that is the next one of any room, from its step on; after any other,
        first what is left of the step.
        """
        later = [other for other in exercises if other.step >= exercise.step]
        step = [other for other in later if other.step == exercise.step]
        near = later if exercise.when == "room" else step
        choices = (self.next_open(among) for among in (near, later, exercises))
        return next(filter(None, choices), None)

    def after(self, exercise: Exercise, exercises: Sequence[Exercise]) -> Exercise | None:
        """Return the open exercise to turn to from one, which may be open itself, or None.

        Those before it come after those behind it.
        """
        if self.done(exercise):
            return self.following(exercise, exercises)
        at = exercises.index(exercise)
        return self.next_open([*exercises[at + 1 :], *exercises[:at]])

    def passes(self, exercise: Exercise, version: str | None = None) -> bool:
        """Return whether the present content of an exercise's file has passed.

        `version` is the digest of the file if the caller knows it; else the file is read.
        """
        passed = self.entry(exercise).passed
        return passed is not None and passed == (version or self._version(exercise))

    def _version(self, exercise: Exercise) -> str | None:
        """Return the digest of the learner's file; read it only when its state has changed."""
        now = file_state(exercise.file)
        before = self._versions.get(exercise.key)
        if before is None or before[0] != now:
            before = self._versions[exercise.key] = now, document.file_digest(exercise.file)
        return before[1]

    @_exclusive
    def record(self, exercise: Exercise, report: Report) -> None:
        """Record the outcome of a check and store its report; may be called in any thread.

        Raises OSError when the files cannot be written.
        """
        entry = self._entries().setdefault(exercise.key, Entry())
        entry.checks += 1
        asked = report.source or document.file_digest(exercise.file)
        if report.passed:
            entry.passed = asked
            entry.done = entry.done or datetime.now(UTC).isoformat(timespec="seconds")
        elif entry.passed == asked:
            entry.passed = None
        self._save()
        self._write(self.report_file(exercise), to_json(report) + "\n")

    @_exclusive
    def take_hint(self, exercise: Exercise, check: str, most: int) -> int:
        """Take one more hint of a check, at most `most`; return their number. Raises OSError."""
        entry = self._entries().setdefault(exercise.key, Entry())
        entry.hints[check] = min(most, entry.hints.get(check, 0) + 1)
        self._save()
        return entry.hints[check]

    @_exclusive
    def request_solution(self, exercise: Exercise) -> bool:
        """Record a request for the solution; return True for a second one. Raises OSError."""
        entry = self._entries().setdefault(exercise.key, Entry())
        if entry.asked:
            return True
        entry.asked = True
        self._save()
        return False

    def export(self) -> str:
        """Return the progress as JSON, which `read_export` reads."""
        return json.dumps(encode(ProgressExport(self._entries())), indent=2) + "\n"

    @_exclusive
    def replace_all(self, taken: dict[str, Entry]) -> None:
        """Replace the progress by the result of `read_export`; keep a copy of the file.

        Raises OSError; the progress stays as it was then.
        """
        if self.file.exists():
            kept = free_name(self.folder / "kept", f"progress-{timestamp()}", ".json")
            write_atomically(kept, self.file.read_bytes())
        before, self._known = self._entries(), taken
        try:
            self._save()
        except OSError:
            self._known, self._unsaved = before, False
            raise

    def last_report(self, exercise: Exercise) -> Report | None:
        """Return the last report on an exercise; None where there is none that can be read."""
        file = self.report_file(exercise)
        try:
            return from_json(file.read_text(encoding="utf-8")) if file.is_file() else None
        except (OSError, ValueError, RecursionError):
            return None

    def keep(self, exercise: Exercise) -> Path:
        """Copy the learner's file into the folder of kept copies; return the copy's path.

        Raises OSError, as GoneError when the course's folder is gone.
        """
        content = exercise.file.read_bytes()
        check_root(self.folder.parent)
        folder = self.kept_folder(exercise)
        copy = free_name(folder, f"{exercise.name}-{timestamp()}", exercise.file.suffix)
        write_atomically(copy, content)
        return copy

    def kept_folder(self, exercise: Exercise) -> Path:
        """Return the folder of the kept copies of a step's files."""
        return self.folder / "kept" / exercise.step

    def report_file(self, exercise: Exercise) -> Path:
        """Return the file of the last report on an exercise."""
        return self.folder / "reports" / exercise.step / f"{exercise.name}.json"

    def write_error_sentence(self, error: OSError) -> str:
        """Return the sentence for an error at writing the progress."""
        if isinstance(error, GoneError):
            return str(error.strerror)
        return (
            f"Your progress could not be written to {error.filename or self.file}:"
            f" {error.strerror or error}."
            " See whether the disk is full, or the folder read-only."
        )

    def _entries(self) -> dict[str, Entry]:
        """Return the entries; read the file again when another process has written it."""
        with self.lock:
            if self._unreadable or file_state(self.file) != self._seen:
                self._reload()
            return self._known

    def _reload(self) -> None:
        """Read the file; merge it with entries that could not be written yet."""
        if not self.folder.parent.is_dir():  # the course was moved; perhaps it comes back
            return
        now, shut = file_state(self.file), self._unreadable
        found = read(self.file)
        self._unreadable = found.shut
        if found.notice or shut:
            self.notice = found.notice
        if not found.shut:
            self._known = merge(found.entries, self._known) if self._unsaved else found.entries
            self._seen = file_state(self.file) if found.notice else now

    def _save(self) -> None:
        self._unsaved = True
        if self._unreadable:
            raise OSError(self._unreadable.errno, self._unreadable.strerror, str(self.file))
        self._write(self.file, json.dumps(encode(self._known), indent=2) + "\n")
        self._unsaved = False
        self._seen = file_state(self.file)

    def _write(self, file: Path, text: str) -> None:
        check_root(self.folder.parent)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, text.encode())
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(file)) from error
