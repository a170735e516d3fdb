"""The exercises' folders are restored after a check, and nothing that a person saved is lost."""

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
    """Another exercise of the same step."""
    return Exercise(exercise.root, exercise.step, "html_page")


def kept(exercise: Exercise) -> list[bytes]:
    """Return the contents of the kept copies of the step."""
    folder = exercise.root / ".workshop" / "kept" / exercise.step
    return sorted(path.read_bytes() for path in folder.glob("*"))


def test_unchanged_folders(exercise):
    """Unchanged folders give no sentence, however often they are compared."""
    for _ in range(2):
        assert Folders.now(exercise).put_back(unguarded=True) == ""


def test_deleted_files_are_restored(exercise, neighbour):
    """Deleted files are restored: a file, a suite, a whole folder, and the own file."""
    before = Folders.now(exercise)
    content = neighbour.file.read_bytes()
    shutil.rmtree(neighbour.file.parent)
    said = before.put_back(unguarded=True)
    assert "html_page.py was deleted and is put back" in said
    assert neighbour.file.read_bytes() == content
    assert neighbour.suite.is_file()
    assert exercise.file.is_file()


@pytest.mark.parametrize("name", ["neighbour", "exercise"])
def test_changed_files_are_restored(name, exercise, neighbour):
    """A changed file is restored, and the other content is kept."""
    file = {"neighbour": neighbour, "exercise": exercise}[name].file
    before, content = Folders.now(exercise), file.read_bytes()
    file.write_bytes(b"spoilt")
    assert "was changed and is put back" in before.put_back(unguarded=True)
    assert file.read_bytes() == content
    assert kept(exercise) == [b"spoilt"]


def test_new_files_are_moved(exercise):
    """A new folder is moved to the kept copies as a whole; editors' temporary files stay."""
    before, folder = Folders.now(exercise), exercise.file.parent
    (folder / "evil" / "deep").mkdir(parents=True)
    (folder / "evil" / "deep" / "file.txt").write_text("x")
    (folder / ".greet.py.swp").touch()
    assert "evil was made and is moved to .workshop/kept/" in before.put_back(unguarded=True)
    assert not (folder / "evil").exists()
    assert (folder / ".greet.py.swp").exists()
    (moved,) = (exercise.root / ".workshop" / "kept" / exercise.step).iterdir()
    assert (moved / "deep" / "file.txt").read_text() == "x"


def test_saved_files_stay(exercise, neighbour):
    """When the code could not reach the folders, every change was saved by a person and stays."""
    before = Folders.now(exercise)
    neighbour.file.write_text("mine")
    exercise.file.unlink()
    (exercise.file.parent / "notes.txt").write_text("mine")
    assert before.put_back(unguarded=False) == ""
    assert neighbour.file.read_text() == "mine"
    assert not exercise.file.exists()


def test_edited_files_stay(exercise, neighbour):
    """A file that a person seems to have edited stays, and the old content is kept."""
    before, content = Folders.now(exercise), neighbour.file.read_bytes()
    neighbour.file.write_bytes(content + b"# mine\n")
    assert "changed meanwhile and is left so" in before.put_back(unguarded=True)
    assert neighbour.file.read_bytes() == content + b"# mine\n"
    assert kept(exercise) == [content]


def test_files_that_the_course_wrote_stay(exercise, neighbour):
    """Files that the course itself wrote during a check stay."""
    before = Folders.now(exercise)
    workspace.save(neighbour, "x = 1\n", workspace.read_document(neighbour).version)
    files.write_atomically(neighbour.file.with_name("new.py"), b"y = 1\n")
    assert before.put_back(unguarded=True) == ""
    assert neighbour.file.read_text() == "x = 1\n"


async def test_a_save_after_a_deletion_stays(exercise, neighbour, tmp_path):
    """A file that the code deleted and the learner saved again is not overwritten."""
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
