"""What is done: a small JSON file that a person can read, replaced whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import cattrs

from workshop.course import ROOT, WHEN, Exercise
from workshop.report import Report, from_json, to_json

FOLDER = ".workshop"


@dataclass
class Entry:
    """What is known of one exercise."""

    checks: int = 0
    """How often it was checked."""
    done: str | None = None
    """When it first passed (UTC, ISO 8601)."""
    hints: dict[str, int] = field(default_factory=dict)
    """Hints taken, by the check's name."""


class Progress:
    """The learner's progress in a folder of its own, made when there is something to write."""

    def __init__(self, root: Path = ROOT) -> None:
        self.folder = root / FOLDER
        self.file = self.folder / "progress.json"
        self.notice: str | None = None
        """Set when the file could not be read and was put aside."""
        self._entries = self._read()

    def entry(self, exercise: Exercise) -> Entry:
        """Return what is known of an exercise."""
        return self._entries.get(exercise.key) or Entry()

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

    def note(self, exercise: Exercise, report: Report) -> None:
        """Remember a verdict, and the report for `hint`."""
        entry = self._entries.setdefault(exercise.key, Entry())
        entry.checks += 1
        if report.passed and entry.done is None:
            entry.done = datetime.now(UTC).isoformat(timespec="seconds")
        self._write(self.file, json.dumps(cattrs.unstructure(self._entries), indent=2) + "\n")
        self._write(self._report(exercise), to_json(report) + "\n")

    def take_hint(self, exercise: Exercise, check: str, most: int) -> int:
        """Return how many of a check's hints are taken, one more than before, at most `most`."""
        entry = self._entries.setdefault(exercise.key, Entry())
        entry.hints[check] = min(most, entry.hints.get(check, 0) + 1)
        self._write(self.file, json.dumps(cattrs.unstructure(self._entries), indent=2) + "\n")
        return entry.hints[check]

    def last_report(self, exercise: Exercise) -> Report | None:
        """Return the newest report on an exercise, or None."""
        try:
            return from_json(self._report(exercise).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def keep(self, exercise: Exercise) -> Path:
        """Copy the learner's file to where nothing overwrites it, and return the copy's path."""
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        folder = self.folder / "kept" / exercise.step
        folder.mkdir(parents=True, exist_ok=True)
        copy, again = folder / f"{exercise.name}-{stamp}.py", 1
        while copy.exists():
            again += 1
            copy = folder / f"{exercise.name}-{stamp}-{again}.py"
        copy.write_bytes(exercise.file.read_bytes())
        return copy

    def reset(self, exercise: Exercise) -> Path | None:
        """Bring the original back; return where the learner's copy is kept, None if it is needless.

        A file that is as it was handed out is left alone.
        """
        original, kept = exercise.stub.read_bytes(), None
        if exercise.file.exists():
            if exercise.file.read_bytes() == original:
                return None
            kept = self.keep(exercise)
        write(exercise.file, original)
        return kept

    def _report(self, exercise: Exercise) -> Path:
        return self.folder / "reports" / exercise.step / f"{exercise.name}.json"

    def _read(self) -> dict[str, Entry]:
        try:
            return cattrs.structure(json.loads(self.file.read_bytes()), dict[str, Entry])
        except FileNotFoundError:
            return {}
        except (ValueError, cattrs.BaseValidationError, TypeError, AttributeError):
            aside = self.file.with_suffix(".unreadable.json")
            self.file.replace(aside)
            self.notice = (
                f"{self.file} could not be read; it is kept as {aside.name} and a new one begins."
            )
            return {}

    def _write(self, file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, text.encode())


def write(file: Path, content: bytes) -> None:
    """Replace a file whole: a reader sees the old content or the new, never a half."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
