"""What lies beside the exercises and is none of the course's does no harm, and is named."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from workshop.apps.doctor import examine
from workshop.cli import common
from workshop.cli.main import main
from workshop.course import CourseError, Exercise, discover, misplaced
from workshop.runner import checker, submission
from workshop.runner.submission import copy
from workshop.tests.test_paths import course_in

LIMITS = checker.Limits(20)
OWN_TESTS = "def test_mine():\n    assert True\n"


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    """An exercise in a small copy of the course, its file as the solution is."""
    root = course_in(tmp_path / "course", "step02_routes")
    found = Exercise(root, "step02_routes", "greet")
    found.file.write_bytes(found.solution.read_bytes())
    return found


# A file that is not where it should be

NEAR = [
    "Greet.py",
    "GREET.PY",
    "greet.py.txt",
    "greet.txt",
    "greet.py.py",
    "greet (1).py",
    "greet - Copy.py",
    "my greet.py",
    "gret.py",
    "greet.pyw",
    "greet",
]


@pytest.mark.parametrize("name", NEAR)
async def test_the_file_that_was_meant_is_named(name: str, exercise: Exercise):
    """Whoever renamed it sees what to do; nothing is renamed for them."""
    exercise.file.rename(exercise.file.with_name(name))
    if exercise.file.exists():
        pytest.skip("here that is the same name")
    report = await checker.check(exercise, limits=LIMITS)
    assert f"There is {name}: rename it to greet.py." in (report.message or "")
    assert exercise.file.with_name(name).exists()


@pytest.mark.parametrize("where", [".", "exercises", "exercises/step02_routes/mine"])
def test_a_file_in_another_folder_is_named(where: str, exercise: Exercise):
    """It was saved one folder away."""
    folder = exercise.root / where
    folder.mkdir(exist_ok=True)
    exercise.file.rename(folder / exercise.file.name)
    assert "move it to exercises/step02_routes/." in misplaced.misnamed(exercise)


def test_no_other_file_of_the_course_is_named(exercise: Exercise):
    """Neither another exercise nor a suite is the one that is missing."""
    exercise.file.unlink()
    for name in ("add.py", "resource.py", "notes.txt", "test_greet.py", "conftest.py"):
        exercise.file.with_name(name).touch()
    assert misplaced.misnamed(exercise) == ""


# Names of modules


@pytest.mark.parametrize("entry", ["aiohttp.py", "asyncio.py", "click.py", "pytest.py", "rich/"])
async def test_a_file_that_hides_a_module_is_named_while_the_course_runs(
    entry: str, exercise: Exercise, monkeypatch
):
    """No check runs beside it; when it is gone, all is as before."""
    monkeypatch.setattr("workshop.preflight.ROOT", str(exercise.root))
    file = exercise.root / (f"{entry}__init__.py" if entry.endswith("/") else entry)
    file.parent.mkdir(exist_ok=True)
    file.write_text("x = 1\n")
    report = await checker.check(exercise, limits=LIMITS)
    assert f"{entry.strip('/')} in the course's folder hides" in (report.message or "")
    file.unlink()
    assert (await checker.check(exercise, limits=LIMITS)).passed


def test_in_the_folder_of_the_exercise_it_is_named_too(exercise: Exercise):
    """There it hides the module when the file is run by itself; the course's names are none."""
    assert misplaced.hiding_beside(exercise) == ""  # though resource.py is a module of Python's
    exercise.file.with_name("aiohttp.py").write_text("x = 1\n")
    assert misplaced.hiding_beside(exercise).startswith("aiohttp.py in step02_routes hides")


def test_the_doctor_looks_for_them(exercise: Exercise):
    """It names a file in any folder of exercises."""
    found = {one.what: one for one in examine(exercise.root, 1)}["names"]
    assert found.well
    exercise.file.with_name("click.py").touch()
    found = {one.what: one for one in examine(exercise.root, 1)}["names"]
    assert not found.well
    assert found.found.startswith("click.py in step02_routes hides the package click")


def test_a_check_says_it_too(exercise: Exercise, monkeypatch):
    """On standard error, beside the verdict."""
    exercise.file.with_name("click.py").touch()
    monkeypatch.setattr(common, "discover", lambda: discover(exercise.root))
    done = CliRunner().invoke(main, ["check", "greet"])
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith("click.py in step02_routes hides the package click")


# Tests of one's own


@pytest.mark.parametrize("text", [OWN_TESTS, "", '"""Mine."""\n', "def test(:\n"])
def test_tests_of_ones_own_are_left_alone(text: str, exercise: Exercise):
    """They are named; every exercise is where it was."""
    before = [one.name for one in discover(exercise.root).exercises]
    exercise.suite.with_name("test_mine.py").write_text(text)
    exercise.suite.with_name("test_greet (1).py").write_bytes(exercise.suite.read_bytes())
    course = discover(exercise.root)
    assert [one.name for one in course.exercises] == before
    said = list(misplaced.suites(course.steps))
    assert [sentence.partition(" is none")[0] for sentence in said] == [
        "exercises/step02_routes/test_greet (1).py",
        "exercises/step02_routes/test_mine.py",
    ]


def test_every_command_goes_on_beside_them(exercise: Exercise, monkeypatch):
    """`list` lists, with a word on standard error."""
    exercise.suite.with_name("test_mine.py").write_text(OWN_TESTS)
    monkeypatch.setattr(common, "discover", lambda: discover(exercise.root))
    done = CliRunner().invoke(main, ["list"])
    assert done.exit_code == 0, done.output
    assert "greet" in done.stdout
    assert "test_mine.py is none of the course's suites: it is left alone." in " ".join(
        done.stderr.split()
    )


# A folder with other things in it


def odd_things(folder: Path) -> None:
    """Put into a folder what is no file, or cannot be read."""
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(folder / "so"))
    (folder / "round").symlink_to(folder)
    (folder / "self").symlink_to("self")
    (folder / "nowhere").symlink_to("not there")
    (folder / "locked.txt").write_text("secret")
    (folder / "locked.txt").chmod(0)
    (folder / "shut").mkdir()
    (folder / "shut").chmod(0o500)
    (folder / "deep" / "down").mkdir(parents=True)
    (folder / "deep" / "down" / "name.txt").write_text("Ada")
    (folder / "deep" / "up").symlink_to(folder)


@pytest.mark.skipif(os.name != "posix", reason="pipes and modes are POSIX only")
async def test_odd_things_beside_an_exercise(exercise: Exercise, monkeypatch, tmp_path):
    """The verdict comes; the folder may be read-only."""
    monkeypatch.chdir(exercise.file.parent)  # the path of a socket is short
    odd_things(Path())
    exercise.file.chmod(0o444)
    exercise.file.parent.chmod(0o555)
    report = await checker.check(exercise, limits=LIMITS)
    exercise.file.parent.chmod(0o755)
    assert report.passed, report.message
    home = tmp_path / "home"
    home.mkdir()
    copy(exercise, b"mine", home)
    made = home / exercise.step
    assert (made / "greet.py").read_bytes() == b"mine"
    assert (made / "deep" / "down" / "name.txt").read_text() == "Ada"
    assert not [p for p in made.rglob("*") if not (p.is_file() or p.is_dir()) or p.is_symlink()]
    assert not {"pipe", "so", "self", "round", "nowhere"} & {p.name for p in made.iterdir()}
    assert all(os.access(path, os.W_OK) for path in made.rglob("*"))


@pytest.mark.parametrize("trouble", ["missing", "folder"])
def test_a_hint_never_says_passed_of_what_was_not_checked(trouble, exercise, monkeypatch):
    """It says why there was no check, with code 2."""
    exercise.file.unlink()
    if trouble == "folder":
        exercise.file.mkdir()
    monkeypatch.setattr(common, "discover", lambda: discover(exercise.root))
    done = CliRunner().invoke(main, ["hint", "greet"])
    assert done.exit_code == 2
    assert "has passed" not in done.output
    assert "step02/greet was not checked." in done.output


async def test_the_system_is_quoted_in_words(exercise: Exercise, monkeypatch):
    """A check that cannot run is told without a Python list."""

    def refuse(*_):
        raise OSError(28, "No space left on device", "/tmp/copy")

    monkeypatch.setattr(submission, "copy", refuse)
    report = await checker.check(exercise, limits=LIMITS)
    assert "could not run the check: No space left on device (/tmp/copy)." in str(report.message)
    assert "[" not in str(report.message)


def test_a_suite_in_disorder_is_still_told(exercise: Exercise):
    """What the course handed out is the course's, however it looks now."""
    exercise.suite.write_text(OWN_TESTS)
    with pytest.raises(CourseError, match="no docstring"):
        _ = discover(exercise.root).exercises
