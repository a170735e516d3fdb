"""Progress is never lost, and never half-written."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from hashlib import sha256

import pytest

from workshop import files
from workshop.course import Exercise
from workshop.progress import Progress
from workshop.report import Check, Outcome, Report


@pytest.fixture
def exercise(tmp_path):
    """An exercise in a course of its own."""
    found = Exercise(tmp_path, "step01_hello", "greet")
    found.file.parent.mkdir(parents=True)
    found.file.write_text("mine = 1\n")
    return found


def report(outcome):
    """Return a report with one check."""
    return Report("step01_hello", "greet", outcome, (Check("test_one", "One.", outcome),))


def test_nothing_is_written_before_there_is_something(tmp_path, exercise):
    """Looking leaves no trace."""
    assert not Progress(tmp_path).done(exercise)
    assert not (tmp_path / ".workshop").exists()


def test_a_pass_is_remembered(tmp_path, exercise):
    """Also after a later failure: done is done."""
    Progress(tmp_path).note(exercise, report(Outcome.FAILED))
    assert not Progress(tmp_path).done(exercise)
    Progress(tmp_path).note(exercise, report(Outcome.PASSED))
    Progress(tmp_path).note(exercise, report(Outcome.FAILED))
    again = Progress(tmp_path)
    assert again.done(exercise)
    assert again.entry(exercise).checks == 3
    assert again.last_report(exercise) == report(Outcome.FAILED)


def test_done_is_said_of_the_file_that_passed(tmp_path, exercise):
    """Another content has not passed; the same one has, also when it comes back."""
    progress = Progress(tmp_path)
    progress.note(exercise, report(Outcome.PASSED))
    assert progress.passes(exercise)
    exercise.file.write_text("mine = 1 +\n")
    assert (progress.done(exercise), progress.passes(exercise)) == (True, False)
    exercise.file.unlink()
    assert not progress.passes(exercise)
    exercise.file.write_text("mine = 1\n")
    assert Progress(tmp_path).passes(exercise)


def test_what_fails_by_now_is_not_done(tmp_path, exercise):
    """A suite may ask for more than it did: then the same file passes no more."""
    progress = Progress(tmp_path)
    progress.note(exercise, report(Outcome.PASSED))
    progress.note(exercise, report(Outcome.FAILED))
    assert (progress.done(exercise), progress.passes(exercise)) == (True, False)


def test_a_verdict_is_of_the_file_that_was_checked(tmp_path, exercise):
    """What was saved while the checks ran has not passed."""
    asked = sha256(exercise.file.read_bytes()).hexdigest()
    exercise.file.write_text("mine = 2\n")
    progress = Progress(tmp_path)
    progress.note(exercise, replace(report(Outcome.PASSED), source=asked))
    assert (progress.done(exercise), progress.passes(exercise)) == (True, False)


def test_a_person_can_read_it(tmp_path, exercise):
    """It is JSON with one exercise a key."""
    Progress(tmp_path).note(exercise, report(Outcome.PASSED))
    text = (tmp_path / ".workshop" / "progress.json").read_text("utf-8")
    assert json.loads(text)["step01/greet"]["checks"] == 1
    assert "\n  " in text


def test_hints_come_one_at_a_time(tmp_path, exercise):
    """Each call gives one more, up to the last."""
    counts = [Progress(tmp_path).take_hint(exercise, "test_one", 2) for _ in range(3)]
    assert counts == [1, 2, 2]


def test_a_file_that_cannot_be_read_is_let_alone(tmp_path, exercise):
    """It is told, nothing is written over it; when it can be read again, it counts."""
    file = tmp_path / ".workshop" / "progress.json"
    file.mkdir(parents=True)  # stands for whatever opens for nobody
    found = Progress(tmp_path)
    assert found.notice
    assert "It is let alone" in found.notice
    with pytest.raises(OSError, match=re.escape(str(file))) as caught:
        found.note(exercise, report(Outcome.PASSED))
    assert file.is_dir()
    assert str(file) in found.unwritten(caught.value)
    assert found.done(exercise), "it is known as long as the course runs"
    file.rmdir()
    file.write_text('{"step01/greet": {"checks": 7, "hints": {}}}')
    assert found.entry(exercise).checks == 7
    assert found.notice is None
    found.note(exercise, report(Outcome.FAILED))
    assert Progress(tmp_path).entry(exercise).checks == 8


def test_a_broken_file_that_cannot_be_put_aside(tmp_path, exercise, monkeypatch):
    """It stays as it is."""
    file = tmp_path / ".workshop" / "progress.json"
    file.parent.mkdir()
    file.write_text("{")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(file), "replace", refuse)
    found = Progress(tmp_path)
    assert "Permission denied" in (found.notice or "")
    with pytest.raises(PermissionError):
        found.take_hint(exercise, "test_one", 2)
    assert file.read_text() == "{"


@pytest.mark.parametrize("text", ["{", "[]", '{"step01/greet": 3}', "\x00", ""])
def test_an_unreadable_file_is_put_aside(tmp_path, exercise, text):
    """A new one begins; the old one is kept, and the learner is told."""
    file = tmp_path / ".workshop" / "progress.json"
    file.parent.mkdir()
    file.write_text(text)
    found = Progress(tmp_path)
    assert found.notice
    assert "progress.unreadable.json" in found.notice
    assert file.with_suffix(".unreadable.json").read_text() == text
    found.note(exercise, report(Outcome.PASSED))
    assert Progress(tmp_path).done(exercise)


def test_a_kept_copy_never_replaces_another(tmp_path, exercise):
    """Two resets within a second keep two copies."""
    found = Progress(tmp_path)
    first = found.keep(exercise)
    exercise.file.write_text("mine = 2\n")
    second = found.keep(exercise)
    assert (first.read_text(), second.read_text()) == ("mine = 1\n", "mine = 2\n")


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    """And no half-written one beside it."""
    file = tmp_path / "progress.json"
    file.write_text("old")

    def full(_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        files.write(file, b"new")
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["progress.json"]


def test_stretch_exercises_come_last(tmp_path):
    """The next one to do is the first that is open; stretches wait."""

    class Placed(Exercise):
        when = "room"

    hard, easy = Placed(tmp_path, "step01_hello", "hard"), Placed(tmp_path, "step02_x", "easy")
    object.__setattr__(hard, "when", "stretch")
    found = Progress(tmp_path)
    assert found.next_open([hard, easy]) is easy
    assert found.next_open([hard]) is hard
    assert found.next_open([]) is None


def test_many_copies_are_numbered(tmp_path, exercise):
    """Within a second: the first has the time alone, then 2, 3 ..."""
    found = Progress(tmp_path)
    names = [found.keep(exercise).stem for _ in range(40)]
    stamps = sorted({name.removeprefix("greet-")[:15] for name in names})
    for stamp in stamps:
        ends = [name.partition(stamp)[2] for name in names if stamp in name]
        assert ends == ["", *(f"-{number}" for number in range(2, len(ends) + 1))]
