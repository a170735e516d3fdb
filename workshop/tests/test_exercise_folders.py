"""The folders of the exercises are as before a check, and nothing that a person saved is lost."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from workshop import workspace
from workshop.course import Exercise, files
from workshop.runner import checker
from workshop.runner.exercise_folders import Folders
from workshop.tests.polling import wait_until
from workshop.tests.test_paths import course_in


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    """An exercise in a small copy of the course."""
    return Exercise(course_in(tmp_path / "course", "step01_hello"), "step01_hello", "plain_text")


@pytest.fixture
def neighbour(exercise: Exercise) -> Exercise:
    """Another one, beside it."""
    return Exercise(exercise.root, exercise.step, "html_page")


def kept(exercise: Exercise) -> list[bytes]:
    """What is kept of the step's files."""
    folder = exercise.root / ".workshop" / "kept" / exercise.step
    return sorted(path.read_bytes() for path in folder.glob("*"))


def test_nothing_is_said_of_nothing(exercise):
    """However often it is looked."""
    for _ in range(2):
        assert Folders.now(exercise).put_back(unguarded=True) == ""


def test_what_is_gone_is_put_back(exercise, neighbour):
    """A file, a suite, a whole folder; the own file, too."""
    before = Folders.now(exercise)
    content = neighbour.file.read_bytes()
    shutil.rmtree(neighbour.file.parent)
    said = before.put_back(unguarded=True)
    assert "html_page.py was deleted and is put back" in said
    assert neighbour.file.read_bytes() == content
    assert neighbour.suite.is_file()
    assert exercise.file.is_file()


@pytest.mark.parametrize("name", ["neighbour", "exercise"])
def test_what_is_spoilt_is_put_back(name, exercise, neighbour):
    """The other content is kept."""
    file = {"neighbour": neighbour, "exercise": exercise}[name].file
    before, content = Folders.now(exercise), file.read_bytes()
    file.write_bytes(b"spoilt")
    assert "was changed and is put back" in before.put_back(unguarded=True)
    assert file.read_bytes() == content
    assert kept(exercise) == [b"spoilt"]


def test_what_is_new_is_moved_away(exercise):
    """A folder as a whole; an editor's own files stay."""
    before, folder = Folders.now(exercise), exercise.file.parent
    (folder / "evil" / "deep").mkdir(parents=True)
    (folder / "evil" / "deep" / "file.txt").write_text("x")
    (folder / ".greet.py.swp").touch()
    assert "evil was made and is moved to .workshop/kept/" in before.put_back(unguarded=True)
    assert not (folder / "evil").exists()
    assert (folder / ".greet.py.swp").exists()
    (moved,) = (exercise.root / ".workshop" / "kept" / exercise.step).iterdir()
    assert (moved / "deep" / "file.txt").read_text() == "x"


def test_what_a_person_saved_stays(exercise, neighbour):
    """Where the code had no way there, whatever changed was somebody else."""
    before = Folders.now(exercise)
    neighbour.file.write_text("mine")
    exercise.file.unlink()
    (exercise.file.parent / "notes.txt").write_text("mine")
    assert before.put_back(unguarded=False) == ""
    assert neighbour.file.read_text() == "mine"
    assert not exercise.file.exists()


def test_what_a_person_edited_while_a_program_ran_stays(exercise, neighbour):
    """It is told, and what was there before is kept."""
    before, content = Folders.now(exercise), neighbour.file.read_bytes()
    neighbour.file.write_bytes(content + b"# mine\n")
    assert "changed meanwhile and is left so" in before.put_back(unguarded=True)
    assert neighbour.file.read_bytes() == content + b"# mine\n"
    assert kept(exercise) == [content]


def test_what_the_course_wrote_itself_stays(exercise, neighbour):
    """Saved on another page, while this one is checked."""
    before = Folders.now(exercise)
    workspace.save(neighbour, "x = 1\n", workspace.read_document(neighbour).version)
    files.write(neighbour.file.with_name("new.py"), b"y = 1\n")
    assert before.put_back(unguarded=True) == ""
    assert neighbour.file.read_text() == "x = 1\n"


async def test_a_save_while_a_program_ran_is_not_written_over(exercise, neighbour, tmp_path):
    """The code deleted a file, and the learner saved it again before the check was over."""
    begun, done = tmp_path / "begun", tmp_path / "done"
    solution = exercise.solution.read_text()
    act = (
        "import subprocess\nfrom pathlib import Path\n"
        f"begun = Path({str(begun)!r})\n"
        f"if not begun.exists():\n    subprocess.run(['rm', {str(neighbour.file)!r}])\n"
        "begun.touch()\n"
        f"while not Path({str(done)!r}).exists():\n    pass\n"
    )
    exercise.file.write_text(f"{solution.partition('if __name__')[0]}{act}")
    task = asyncio.create_task(checker.check(exercise, limits=checker.Limits(20)))
    await wait_until(begun.exists)
    solved = neighbour.solution.read_bytes()
    neighbour.file.write_bytes(solved)
    done.touch()
    report = await task
    assert neighbour.file.read_bytes() == solved
    assert "html_page.py changed meanwhile and is left so" in (report.message or "")
