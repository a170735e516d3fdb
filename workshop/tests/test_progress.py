"""Progress is never lost, and never half-written."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from workshop import workspace
from workshop.course import Exercise, files
from workshop.report import Check, Outcome, Report
from workshop.workspace import WorkspaceError
from workshop.workspace.progress import Progress


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
    Progress(tmp_path).record(exercise, report(Outcome.FAILED))
    assert not Progress(tmp_path).done(exercise)
    Progress(tmp_path).record(exercise, report(Outcome.PASSED))
    Progress(tmp_path).record(exercise, report(Outcome.FAILED))
    again = Progress(tmp_path)
    assert again.done(exercise)
    assert again.entry(exercise).checks == 3
    assert again.last_report(exercise) == report(Outcome.FAILED)


def test_done_is_said_of_the_file_that_passed(tmp_path, exercise):
    """Another content has not passed; the same one has, also when it comes back."""
    progress = Progress(tmp_path)
    progress.record(exercise, report(Outcome.PASSED))
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
    progress.record(exercise, report(Outcome.PASSED))
    progress.record(exercise, report(Outcome.FAILED))
    assert (progress.done(exercise), progress.passes(exercise)) == (True, False)


def test_a_verdict_is_of_the_file_that_was_checked(tmp_path, exercise):
    """What was saved while the checks ran has not passed."""
    asked = sha256(exercise.file.read_bytes()).hexdigest()
    exercise.file.write_text("mine = 2\n")
    progress = Progress(tmp_path)
    progress.record(exercise, replace(report(Outcome.PASSED), source=asked))
    assert (progress.done(exercise), progress.passes(exercise)) == (True, False)


def test_a_person_can_read_it(tmp_path, exercise):
    """It is JSON with one exercise a key."""
    Progress(tmp_path).record(exercise, report(Outcome.PASSED))
    text = (tmp_path / ".workshop" / "progress.json").read_text("utf-8")
    assert json.loads(text)["step01/greet"]["checks"] == 1
    assert "\n  " in text


def test_hints_come_one_at_a_time(tmp_path, exercise):
    """Each call gives one more, up to the last."""
    counts = [Progress(tmp_path).take_hint(exercise, "test_one", 2) for _ in range(3)]
    assert counts == [1, 2, 2]


def test_a_file_that_cannot_be_read_is_let_alone(tmp_path, exercise, monkeypatch):
    """It is told, nothing is written over it; when it can be read again, it counts."""
    file = tmp_path / ".workshop" / "progress.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"step01/greet": {"checks": 7, "hints": {}}}')
    read = Path.read_bytes

    def refuse(path):
        if path == file and locked:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    locked = True
    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = Progress(tmp_path)
    assert found.notice
    assert "It is let alone" in found.notice
    with pytest.raises(OSError, match=re.escape(str(file))) as caught:
        found.record(exercise, report(Outcome.PASSED))
    assert '"checks": 7' in file.read_text()
    assert str(file) in found.write_error_sentence(caught.value)
    assert found.done(exercise), "it is known as long as the course runs"
    locked = False
    assert found.entry(exercise).checks == 7
    assert found.done(exercise), "what could not be written is not lost"
    assert found.notice is None
    found.record(exercise, report(Outcome.FAILED))
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
    found.record(exercise, report(Outcome.PASSED))
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
        files.write_atomically(file, b"new")
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


# Other states of the file


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket"])
def test_what_is_no_file_is_put_aside(kind, tmp_path, exercise, monkeypatch):
    """Nothing waits for it; the course goes on."""
    folder = tmp_path / ".workshop"
    folder.mkdir()
    monkeypatch.chdir(folder)
    if kind == "folder":
        (folder / "progress.json" / "mine").mkdir(parents=True)
    elif kind == "pipe":
        os.mkfifo("progress.json")
    else:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("progress.json")
    found = Progress(tmp_path)
    assert "is no ordinary file; it is kept as progress.unreadable.json" in str(found.notice)
    found.record(exercise, report(Outcome.PASSED))
    assert Progress(tmp_path).done(exercise)
    assert os.path.lexists(folder / "progress.unreadable.json")


def test_what_was_put_aside_is_never_replaced(tmp_path):
    """Two broken files are two files."""
    file = tmp_path / ".workshop" / "progress.json"
    file.parent.mkdir()
    for text in "first", "second":
        file.write_text(text)
        Progress(tmp_path)
    kept = {path.name: path.read_text() for path in file.parent.iterdir()}
    assert kept == {"progress.unreadable.json": "first", "progress.unreadable-2.json": "second"}


def test_a_file_of_a_newer_course_is_kept(tmp_path, exercise):
    """It says so; this course begins a new one."""
    file = tmp_path / ".workshop" / "progress.json"
    file.parent.mkdir()
    file.write_text('{"form": 2, "exercises": {}}')
    found = Progress(tmp_path)
    assert "was written by a newer course; it is kept as progress.newer.json" in str(found.notice)
    found.record(exercise, report(Outcome.PASSED))
    assert Progress(tmp_path).done(exercise)


def test_more_than_this_course_knows_is_kept_once(tmp_path, exercise):
    """Another version's fields are dropped by the next save: a copy has them."""
    file = tmp_path / ".workshop" / "progress.json"
    file.parent.mkdir()
    text = '{"step01/greet": {"checks": 7, "stars": 5}}'
    file.write_text(text)
    found = Progress(tmp_path)
    assert "another version of the course" in str(found.notice)
    assert found.entry(exercise).checks == 7
    Progress(tmp_path)
    (copy,) = (file.parent / "kept").iterdir()
    assert copy.read_text() == text


# Two courses in one folder


def test_two_courses_lose_nothing_of_each_other(tmp_path, exercise):
    """Each reads what the other wrote, before it writes."""
    one, two = Progress(tmp_path), Progress(tmp_path)
    other = Exercise(tmp_path, "step01_hello", "other")
    for _ in range(3):
        one.take_hint(exercise, "test_one", 9)
        two.take_hint(exercise, "test_one", 9)
        two.take_hint(other, "test_two", 9)
        one.record(exercise, report(Outcome.PASSED))
    found = Progress(tmp_path)
    assert found.entry(exercise).hints == {"test_one": 6}
    assert found.entry(other).hints == {"test_two": 3}
    assert found.entry(exercise).checks == 3


WRITER = """
import sys
from pathlib import Path
from typing import Any
from workshop.course import Exercise
from workshop.workspace.progress import Progress
from workshop.workspace import progress_file
progress_file.LOCK_TIMEOUT = 60.0  # more than a course has: this machine may be busy
root = Path(sys.argv[1])
progress, exercise = Progress(root), Exercise(root, "step01_hello", "greet")
print("ready", flush=True)
sys.stdin.readline()
for _ in range(20):
    progress.take_hint(exercise, sys.argv[2], 100)
    progress.take_hint(exercise, "test_both", 1000)
"""


def test_two_processes_at_once_lose_nothing(tmp_path, exercise):
    """They wait for each other."""
    words = [sys.executable, "-c", WRITER, str(tmp_path)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    names = ("test_a", "test_b")
    writers: list[Any] = [subprocess.Popen([*words, name], **pipes) for name in names]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    hints = {"test_a": 20, "test_b": 20, "test_both": 40}
    assert Progress(tmp_path).entry(exercise).hints == hints


def test_what_could_not_be_written_is_merged(tmp_path, exercise, monkeypatch):
    """The disk was full when one course had news, and another wrote meanwhile."""
    one, two = Progress(tmp_path), Progress(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            one.record(exercise, report(Outcome.PASSED))
    two.take_hint(exercise, "test_one", 2)
    one.take_hint(exercise, "test_one", 2)
    entry = Progress(tmp_path).entry(exercise)
    assert entry.done
    assert entry.hints == {"test_one": 2}


# The disk, and the folder itself


def full(_):
    """Stand for a full disk."""
    raise OSError(28, "no space left")


def test_a_kept_copy_is_whole_or_absent(tmp_path, exercise, monkeypatch):
    """On a full disk there is no empty one."""
    found = Progress(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        found.keep(exercise)
    assert list(found.kept_folder(exercise).iterdir()) == []


def test_the_file_that_cannot_be_written_is_named(tmp_path, exercise):
    """A folder stands where a report belongs."""
    found = Progress(tmp_path)
    found.report_file(exercise).mkdir(parents=True)
    with pytest.raises(OSError, match="directory") as caught:
        found.record(exercise, report(Outcome.PASSED))
    assert f"could not be written to {found.report_file(exercise)}: " in found.write_error_sentence(
        caught.value
    )
    assert found.last_report(exercise) is None


def test_no_folder_is_made_where_the_course_was(tmp_path):
    """It was renamed while the course runs; when it is back, all is known."""
    root = tmp_path / "course"
    exercise = Exercise(root, "step01_hello", "greet")
    exercise.file.parent.mkdir(parents=True)
    exercise.file.write_text("mine = 1\n")
    found = Progress(root)
    found.record(exercise, report(Outcome.PASSED))
    root.rename(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="was renamed, moved or removed") as caught:
        found.take_hint(exercise, "test_one", 2)
    assert "Bring it back" in found.write_error_sentence(caught.value)
    with pytest.raises(WorkspaceError, match="was renamed, moved or removed"):
        workspace.save(exercise, "x = 1\n", None)
    assert found.done(exercise)
    assert not root.exists()
    (tmp_path / "elsewhere").rename(root)
    found.record(exercise, report(Outcome.FAILED))
    assert Progress(root).entry(exercise).checks == 2


@pytest.mark.parametrize("name", ["greet-99999999-999999.py", "greet-20260231-000000-2.py"])
def test_a_kept_copy_of_no_time_is_left_out(name, tmp_path, exercise):
    """Its exercise's page comes all the same."""
    found = Progress(tmp_path)
    mine = found.keep(exercise)
    for other in (name, "greet-2.py", "greet-٢٠٢٦٠١٠١-٠٠٠٠٠٠.py", "greet-\udcff.py"):
        mine.with_name(other).write_text("x")
    (mine.parent / "greet-20260101-000000.py").mkdir()
    assert [copy.name for copy in workspace.copies(exercise, found)] == [mine.name]


WRITES = """
import os, sys, time
from pathlib import Path
from workshop.course import files
os.fsync = lambda _: (print("ready", flush=True), time.sleep(600))
files.write_atomically(Path(sys.argv[1]), b"new")
"""


def test_half_a_file_of_a_killed_course_is_removed(tmp_path):
    """Not while another course writes it, and nothing that is called alike."""
    file = tmp_path / "greet.py"
    words = [sys.executable, "-c", WRITES, str(file)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
        (half,) = tmp_path.iterdir()
        os.utime(half, (1e9, 1e9))
        for name in (".greet.py.swp", ".greet.py.original", ".mine.new", "greet.py.abcdefgh.new"):
            (tmp_path / name).touch()
            os.utime(tmp_path / name, (1e9, 1e9))
        files.remove_unfinished(tmp_path)
        assert half.exists()
        writer.kill()
        writer.wait()
    files.remove_unfinished(tmp_path)
    assert not half.exists()
    assert len(list(tmp_path.iterdir())) == 4
