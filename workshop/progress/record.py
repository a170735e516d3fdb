"""The learner's progress in its file, and beside it reports and kept copies."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import cattrs

from workshop import contents
from workshop.course import ROOT, Exercise
from workshop.files import Seen, free_name, seen, stamp, write
from workshop.progress.entries import Entry, Handed
from workshop.progress.order import Order
from workshop.report import Report, from_json, to_json

FOLDER = ".workshop"
F = TypeVar("F", bound=Callable[..., Any])


def _alone(method: F) -> F:
    """Let one thread at a time into such methods."""

    @functools.wraps(method)
    def wrapped(self: Progress, *arguments: Any) -> Any:
        with self.lock:
            return method(self, *arguments)

    return cast("F", wrapped)


class Progress(Order):
    """The learner's progress in a folder of its own, made when there is something to write."""

    def __init__(self, root: Path = ROOT) -> None:
        self.folder = root / FOLDER
        self.file = self.folder / "progress.json"
        self.lock = threading.RLock()
        """Held by whoever changes what is known."""
        self.notice: str | None = None
        """Set when the file could not be read: it was put aside, or is let alone."""
        self._shut: OSError | None = None
        """Why the file can be neither read nor put aside; then it is not written over either."""
        self._known = self._read()
        self._seen: Seen = seen(self.file)
        self._versions: dict[str, tuple[Seen, str | None]] = {}

    def entry(self, exercise: Exercise) -> Entry:
        """Return what is known of an exercise."""
        return self._entries().get(exercise.key) or Entry()

    def done(self, exercise: Exercise) -> bool:
        """Whether it has passed once."""
        return self.entry(exercise).done is not None

    def passes(self, exercise: Exercise) -> bool:
        """Whether the file as it lies there has passed: not one of before, nor of elsewhere."""
        passed = self.entry(exercise).passed
        return passed is not None and passed == self._version(exercise)

    def _version(self, exercise: Exercise) -> str | None:
        """Return by what the learner's file is known; read again only when it is another one."""
        now = seen(exercise.file)
        before = self._versions.get(exercise.key)
        if before is None or before[0] != now:
            before = self._versions[exercise.key] = now, contents.digest(exercise.file)
        return before[1]

    @_alone
    def note(self, exercise: Exercise, report: Report) -> None:
        """Remember a verdict, and the report for `hint`; from any thread."""
        entry = self._entries().setdefault(exercise.key, Entry())
        entry.checks += 1
        asked = report.source or contents.digest(exercise.file)
        if report.passed:
            entry.passed = asked
            entry.done = entry.done or datetime.now(UTC).isoformat(timespec="seconds")
        elif entry.passed == asked:
            entry.passed = None
        self._save()
        self._write(self.report_file(exercise), to_json(report) + "\n")

    @_alone
    def take_hint(self, exercise: Exercise, check: str, most: int) -> int:
        """Return how many of a check's hints are taken, one more than before, at most `most`."""
        entry = self._entries().setdefault(exercise.key, Entry())
        entry.hints[check] = min(most, entry.hints.get(check, 0) + 1)
        self._save()
        return entry.hints[check]

    @_alone
    def asks_again(self, exercise: Exercise) -> bool:
        """Note that the solution was asked for; return whether it was before."""
        entry = self._entries().setdefault(exercise.key, Entry())
        if entry.asked:
            return True
        entry.asked = True
        self._save()
        return False

    @_alone
    def handed(self) -> dict[str, Any]:
        """Return what is done, as plain data that `taken_in` reads."""
        data: dict[str, Any] = cattrs.unstructure(Handed(self._entries()))
        return data

    @_alone
    def take_over(self, taken: dict[str, Entry]) -> None:
        """Replace what is known by what `taken_in` read; a copy of the old file is kept."""
        if self.file.exists():
            kept = free_name(self.folder / "kept", f"progress-{stamp()}", ".json")
            kept.write_bytes(self.file.read_bytes())
        before, self._known = self._entries(), taken
        try:
            self._save()
        except OSError:
            self._known = before
            raise

    def last_report(self, exercise: Exercise) -> Report | None:
        """Return the newest report on an exercise, or None."""
        try:
            return from_json(self.report_file(exercise).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def keep(self, exercise: Exercise) -> Path:
        """Copy the learner's file to where nothing overwrites it, and return the copy's path."""
        folder = self.kept_folder(exercise)
        copy = free_name(folder, f"{exercise.name}-{stamp()}", exercise.file.suffix)
        copy.write_bytes(exercise.file.read_bytes())
        return copy

    def kept_folder(self, exercise: Exercise) -> Path:
        """Return where the copies of a step's files are kept."""
        return self.folder / "kept" / exercise.step

    def report_file(self, exercise: Exercise) -> Path:
        """Return where the newest report on an exercise is written."""
        return self.folder / "reports" / exercise.step / f"{exercise.name}.json"

    def unwritten(self, error: OSError) -> str:
        """Return a sentence for an error at writing."""
        return (
            f"Your progress could not be written to {self.file}: {error.strerror or error}."
            " See whether the disk is full, or the folder read-only."
        )

    @_alone
    def _entries(self) -> dict[str, Entry]:
        """Return what is known; read again when another command has written the file."""
        now = seen(self.file)
        if self._shut or now != self._seen:
            found = self._read()
            if not self._shut:
                self._known, self._seen = found, now
        return self._known

    def _read(self) -> dict[str, Entry]:
        shut, self._shut = self._shut, None
        if shut:
            self.notice = None
        try:
            return cattrs.structure(json.loads(self.file.read_bytes()), dict[str, Entry])
        except FileNotFoundError:
            return {}
        except OSError as error:
            self._leave(error)
        except (ValueError, cattrs.BaseValidationError, TypeError, AttributeError):
            self._put_aside()
        return {}

    def _put_aside(self) -> None:
        """Keep a file that is no progress under another name."""
        aside = self.file.with_suffix(".unreadable.json")
        try:
            self.file.replace(aside)
        except OSError as error:
            self._leave(error)
        else:
            self.notice = (
                f"{self.file} could not be read; it is kept as {aside.name} and a new one begins."
            )

    def _leave(self, error: OSError) -> None:
        """Let a file alone that can be neither read nor moved."""
        self._shut = error
        self.notice = (
            f"{self.file} cannot be read ({error.strerror}). It is let alone: what you do now is"
            " not written down. Make it a file that you may read and write."
        )

    def _save(self) -> None:
        if self._shut:
            raise OSError(self._shut.errno, self._shut.strerror, str(self.file))
        self._write(self.file, json.dumps(cattrs.unstructure(self._known), indent=2) + "\n")
        self._seen = seen(self.file)

    def _write(self, file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, text.encode())
