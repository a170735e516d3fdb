"""The learner's progress in its file, and beside it reports and kept copies."""

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
    """Let one thread of one process at a time into such methods; they know what others wrote."""

    @functools.wraps(method)
    def wrapped(self: Progress, *arguments: Any) -> Any:
        with self.lock, exclusive_lock(self.folder / LOCK):
            if self._unreadable or self.file.exists():
                self._reload()
            return method(self, *arguments)

    return cast("F", wrapped)


class Progress:
    """The learner's progress in a folder of its own, made when there is something to write."""

    def __init__(self, root: Path = ROOT) -> None:
        self.folder = root / FOLDER
        self.file = self.folder / "progress.json"
        self.lock = threading.RLock()
        """Held by whoever changes what is known."""
        self.notice: str | None = None
        """Set when the file could not be read: it was put aside, or is let alone."""
        self._unreadable: OSError | None = None
        """Why the file can be neither read nor put aside; then it is not written over either."""
        self._unsaved = False
        """Whether something is known that the file does not say."""
        self._known: dict[str, Entry] = {}
        self._seen: FileState = None
        self._reload()
        self._versions: dict[str, tuple[FileState, str | None]] = {}

    def entry(self, exercise: Exercise) -> Entry:
        """Return what is known of an exercise."""
        return self._entries().get(exercise.key) or Entry()

    def done(self, exercise: Exercise) -> bool:
        """Whether it has passed once."""
        return self.entry(exercise).done is not None

    def next_open(self, exercises: Iterable[Exercise]) -> Exercise | None:
        """Return the first exercise that is not done: first those done in the room, then at home.

        Stretch exercises come after all others.
        """
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
        """Whether the file as it lies there has passed: not one of before, nor of elsewhere.

        `version` is the digest of the file, where the caller knows it; else the file is read.
        """
        passed = self.entry(exercise).passed
        return passed is not None and passed == (version or self._version(exercise))

    def _version(self, exercise: Exercise) -> str | None:
        """Return by what the learner's file is known; read again only when it is another one."""
        now = file_state(exercise.file)
        before = self._versions.get(exercise.key)
        if before is None or before[0] != now:
            before = self._versions[exercise.key] = now, document.file_digest(exercise.file)
        return before[1]

    @_exclusive
    def record(self, exercise: Exercise, report: Report) -> None:
        """Remember a verdict, and the report for `hint`; from any thread."""
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
        """Return how many of a check's hints are taken, one more than before, at most `most`."""
        entry = self._entries().setdefault(exercise.key, Entry())
        entry.hints[check] = min(most, entry.hints.get(check, 0) + 1)
        self._save()
        return entry.hints[check]

    @_exclusive
    def request_solution(self, exercise: Exercise) -> bool:
        """Note that the solution was asked for; return whether it was before."""
        entry = self._entries().setdefault(exercise.key, Entry())
        if entry.asked:
            return True
        entry.asked = True
        self._save()
        return False

    def export(self) -> str:
        """Return what is done, as JSON that `taken_in` reads."""
        return json.dumps(encode(ProgressExport(self._entries())), indent=2) + "\n"

    @_exclusive
    def replace_all(self, taken: dict[str, Entry]) -> None:
        """Replace what is known by what `taken_in` read; a copy of the old file is kept."""
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
        """Return the newest report on an exercise, or None."""
        file = self.report_file(exercise)
        try:
            return from_json(file.read_text(encoding="utf-8")) if file.is_file() else None
        except (OSError, ValueError, RecursionError):
            return None

    def keep(self, exercise: Exercise) -> Path:
        """Copy the learner's file to where nothing overwrites it, and return the copy's path."""
        content = exercise.file.read_bytes()
        check_root(self.folder.parent)
        folder = self.kept_folder(exercise)
        copy = free_name(folder, f"{exercise.name}-{timestamp()}", exercise.file.suffix)
        write_atomically(copy, content)
        return copy

    def kept_folder(self, exercise: Exercise) -> Path:
        """Return where the copies of a step's files are kept."""
        return self.folder / "kept" / exercise.step

    def report_file(self, exercise: Exercise) -> Path:
        """Return where the newest report on an exercise is written."""
        return self.folder / "reports" / exercise.step / f"{exercise.name}.json"

    def write_error_sentence(self, error: OSError) -> str:
        """Return a sentence for an error at writing."""
        if isinstance(error, GoneError):
            return str(error.strerror)
        return (
            f"Your progress could not be written to {error.filename or self.file}:"
            f" {error.strerror or error}."
            " See whether the disk is full, or the folder read-only."
        )

    def _entries(self) -> dict[str, Entry]:
        """Return what is known; read again when another command has written the file."""
        with self.lock:
            if self._unreadable or file_state(self.file) != self._seen:
                self._reload()
            return self._known

    def _reload(self) -> None:
        """Read the file; what could not be written yet stays known."""
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
