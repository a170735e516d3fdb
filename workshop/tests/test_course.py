"""The course is read from its folders, and from nothing else."""

from __future__ import annotations

import ast
import gc

import pytest

from workshop import course
from workshop.course import CourseError
from workshop.course.suite import parse

SUITE = '''"""Greet.

Say hello.
"""
import pytest
pytestmark = pytest.mark.exercise(number={number}, minutes=5, when="room")

@pytest.mark.hint("A nudge.", "Nearly the answer.")
async def test_one(client):
    """GET / answers
    200."""

async def test_two(client):
    pass
'''


@pytest.fixture
def tree(tmp_path):
    """A course of two steps and three exercises."""
    for step, names in {"step00_waiting": ["later", "early"], "step01_hello": ["greet"]}.items():
        (tmp_path / "steps" / step).mkdir(parents=True)
        (tmp_path / "steps" / step / "app.py").write_text("")
        folder = tmp_path / "exercises" / step
        folder.mkdir(parents=True)
        for number, name in enumerate(reversed(names), 1):
            (folder / f"test_{name}.py").write_text(SUITE.format(number=number))
    (tmp_path / "steps" / "notes").mkdir()
    return tmp_path


def test_steps_come_in_the_order_of_their_digits(tree):
    """Folders that are no steps are left out."""
    assert [s.folder for s in course.discover(tree).steps] == ["step00_waiting", "step01_hello"]


def test_exercises_come_in_the_order_of_their_marks(tree):
    """The mark gives the order, not the file's name."""
    names = [e.name for e in course.discover(tree).exercises]
    assert names == ["early", "later", "greet"]


def test_an_exercise_is_told_by_its_suite(tree):
    """Title, task, checks, sentences and hints come from the suite."""
    exercise = course.discover(tree).select("greet")[0]
    assert (exercise.title, exercise.task) == ("Greet", "Say hello.")
    assert (exercise.number, exercise.minutes, exercise.when) == (1, 5, "room")
    first, second = exercise.questions
    assert first.sentence == "GET / answers 200."
    assert first.hints == ("A nudge.", "Nearly the answer.")
    assert second.sentence == "test_two"
    assert "async def test_one" in first.code


@pytest.mark.parametrize(
    "name",
    [
        "greet",
        "step01/greet",
        "step01_hello/greet",
        "exercises/step01_hello/greet.py",
        "exercises\\step01_hello\\test_greet.py",
        "step01",
        "hello",
    ],
)
def test_an_exercise_is_found_by_many_names(tree, name):
    """By its name, its path on any system, or its step's name."""
    assert [e.key for e in course.discover(tree).select(name)] == ["step01/greet"]


@pytest.mark.parametrize("name", ["1", "01", "step01", "step01_hello", "hello", "Hello/"])
def test_a_step_is_found_by_many_names(tree, name):
    """By its number or its topic."""
    assert course.discover(tree).step(name).label == "step01"


@pytest.mark.parametrize("name", ["gret", "", "/", "step09", "step01/nothing"])
def test_an_unknown_name_is_a_sentence(tree, name):
    """It says what was not found and how to see all."""
    with pytest.raises(CourseError, match="There is no exercise or step called") as caught:
        course.discover(tree).select(name)
    assert "python -m workshop list" in str(caught.value)
    assert ("Did you mean greet" in str(caught.value)) == (name == "gret")


def test_no_steps_at_all(tmp_path):
    """An empty folder is told as such."""
    with pytest.raises(CourseError, match="Start the course from its own folder"):
        course.discover(tmp_path)


def test_two_steps_with_one_number(tree):
    """Two authors chose the same number."""
    (tree / "steps" / "step01_again").mkdir()
    with pytest.raises(CourseError, match="Two steps are called step01"):
        course.discover(tree)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"""Greet.\n\nSay hello.\n"""', "", "no docstring"),
        ("pytestmark", "other", "no exercise mark"),
        ('when="room"', 'when="soon"', "one of room, home, stretch"),
        ('when="room"', 'when="room", second=9', "takes number=, minutes=, when= .* seconds="),
        ("import pytest", "import (", "cannot be read"),
    ],
)
def test_a_faulty_suite_is_named(tree, old, new, says):
    """The author reads which file it is and what it lacks."""
    suite = tree / "exercises" / "step01_hello" / "test_greet.py"
    suite.write_text(suite.read_text().replace(old, new))
    stub = tree / "workshop" / "stubs" / "step01_hello" / "greet.py"
    stub.parent.mkdir(parents=True)
    stub.touch()

    def read():
        exercise = course.discover(tree).steps[1].exercises[0]
        return exercise.title, exercise.questions

    with pytest.raises(CourseError, match=says) as caught:
        read()
    assert "test_greet.py" in str(caught.value)


@pytest.mark.parametrize(
    ("more", "seconds", "split"),
    [("", 5, "time"), (", seconds=20", 20, "time"), (', split="count"', 5, "count")],
)
def test_a_suite_may_say_how_it_is_asked(tree, more, seconds, split):
    """In five seconds, its parts equally long, unless the mark says something else."""
    suite = tree / "exercises" / "step01_hello" / "test_greet.py"
    suite.write_text(suite.read_text().replace('when="room"', f'when="room"{more}'))
    exercise = course.discover(tree).steps[1].exercises[0]
    assert (exercise.seconds, exercise.split) == (seconds, split)


def test_a_file_belongs_to_an_exercise(tree):
    """The watcher asks which exercise a saved file belongs to."""
    file = tree / "exercises" / "step01_hello" / "greet.py"
    found = course.exercise_of(file, tree)
    assert found
    assert found.key == "step01/greet"
    assert course.exercise_of(tree / "steps" / "step01_hello" / "app.py", tree) is None
    assert course.exercise_of(tree.parent / "greet.py", tree) is None


def test_a_file_belongs_to_a_step(tree):
    """So do pages and apps."""
    found = course.step_of(tree / "docs" / "step01_hello" / "index.md", tree)
    assert found
    assert found.label == "step01"
    assert course.step_of(tree / "README.md", tree) is None


APP = "def create_app():\n    ...\n\n\nif __name__ == '__main__':\n    main()\n"


@pytest.mark.parametrize(
    ("stub", "is_app"),
    [
        (APP, True),
        (f"async {APP}", True),
        (APP.partition("if ")[0], False),
        (APP.replace("create_app", "main"), False),
        (APP.replace("def", "    def"), False),
        ("", False),
    ],
)
def test_an_app_can_be_run(tree, stub, is_app):
    """The stub says so: the learner's file may be anything just now."""
    exercise = course.discover(tree).steps[1].exercises[0]
    assert not exercise.is_app  # there is no stub at all
    exercise.stub.parent.mkdir(parents=True)
    exercise.stub.write_text(stub)
    assert exercise.is_app is is_app


def test_a_step_knows_the_one_before(tree):
    """Which it grew out of; nothing grows out of the prologue."""
    for folder in (*(tree / "steps").glob("step*"),):
        number = int(folder.name[4:6])
        folder.rename(folder.with_name(f"step{number + 1:02}{folder.name[6:]}"))
    first, second = course.discover(tree).steps
    assert course.discover(tree).before(second) == first
    assert course.discover(tree).before(first) is None
    (tree / "steps" / "step00_before").mkdir()
    prologue, first, _ = course.discover(tree).steps
    assert course.discover(tree).before(first) is None
    assert course.discover(tree).before(prologue) is None


def test_all_digits_of_a_number_count(tree):
    """There may be twelve steps."""
    assert course.Step(tree, "step12_more").number == 12


def test_a_file_may_be_called_like_a_step(tree):
    """It is none."""
    (tree / "steps" / "step02_notes").write_text("")
    assert len(course.discover(tree).steps) == 2


def test_the_files_of_a_step(tree):
    """What its author wrote, in order: no bytecode, no data."""
    step = course.discover(tree).steps[1]
    for name in ("__pycache__/app.pyc", "data/blog.db", "templates/a.html", "store.py"):
        (step.path / name).parent.mkdir(exist_ok=True)
        (step.path / name).write_text("")
    assert [file.as_posix() for file in step.files] == ["app.py", "store.py", "templates/a.html"]


def test_where_things_lie(tree):
    """Each of an exercise's files, relative to the course."""
    exercise = course.discover(tree).select("greet")[0]
    found = (exercise.file, exercise.suite, exercise.solution, exercise.stub, exercise.answers)
    assert [path.relative_to(tree).as_posix() for path in found] == [
        "exercises/step01_hello/greet.py",
        "exercises/step01_hello/test_greet.py",
        "solutions/step01_hello/greet.py",
        "workshop/stubs/step01_hello/greet.py",
        "workshop/tests/answers/step01_hello/greet",
    ]


def test_only_hints_are_hints(tree):
    """Another mark with words says something else."""
    suite = tree / "exercises" / "step01_hello" / "test_greet.py"
    other = '@pytest.mark.skip("Not now.")\n@pytest.mark.hint("A nudge."'
    suite.write_text(suite.read_text().replace('@pytest.mark.hint("A nudge."', other))
    first = course.discover(tree).select("greet")[0].questions[0]
    assert first.hints == ("A nudge.", "Nearly the answer.")


def test_a_folder_is_no_step_of_a_file(tree):
    """A tree by itself belongs to no step."""
    assert course.step_of(tree / "docs", tree) is None
    assert course.step_of(tree / "docs" / "step01_hello", tree) is not None


class Reader:
    """Reads source as it goes: what pytest does for a coroutine that nobody awaited."""

    def __init__(self):
        self.myself = self

    def __del__(self):
        ast.parse("1 + 2")


def test_a_suite_is_read_while_garbage_is_collected():
    """Wherever in it that happens; on Python 3.11 such a tree was broken."""
    before = gc.get_threshold()
    gc.collect()
    try:
        for allocations in range(1, 200):
            Reader()
            gc.set_threshold(allocations)
            assert parse(SUITE).body
            gc.set_threshold(*before)
    finally:
        gc.set_threshold(*before)
    assert gc.isenabled()


def names(folder):
    """Return the paths of all files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_copy_is_the_course_as_it_was_handed_out(tree, tmp_path_factory):
    """The files beside the trees, each exercise's stub; nothing that a program made."""
    greet = course.discover(tree).select("greet")[0]
    stub = "workshop/stubs/step01_hello/greet.py"
    generated = {".hidden", "steps/step01_hello/data/blog.db", "docs/_build/index.html"}
    for name in (*generated, stub, "conftest.py", "hub/hub.py", "solutions/step01_hello/greet.py"):
        (tree / name).parent.mkdir(exist_ok=True, parents=True)
        (tree / name).write_text(name)
    greet.file.write_text("my own")
    copy = course.copy_to(tmp_path_factory.mktemp("copies") / "one" / "two", tree)
    assert names(tree) - names(copy.root) == generated
    assert names(copy.root) <= names(tree)
    assert copy.select("greet")[0].file.read_text() == stub
    assert greet.file.read_text() == "my own"
    with pytest.raises(FileExistsError):
        course.copy_to(copy.root, tree)


def test_a_copy_has_the_steps_and_trees_that_are_asked_for(tree, tmp_path_factory):
    """A step of which nothing is copied has an empty folder."""
    place = tmp_path_factory.mktemp("copies")
    trees, steps = ("exercises",), ("step00_waiting",)
    copy = course.copy_to(place, tree, trees=trees, steps=steps, without=("*early*",))
    assert names(place) == {"exercises/step00_waiting/test_later.py"}
    assert [step.folder for step in copy.steps] == ["step00_waiting"]
    whole = course.copy_to(place / "whole", tree, trees=trees)
    assert [step.folder for step in whole.steps] == ["step00_waiting", "step01_hello"]
    assert len(names(whole.root)) == 3
    course.copy_to(place / "without", tree, trees=trees, without=("exercises/step00*", "other/*"))
    assert {name.split("/")[1] for name in names(place / "without")} == {"step01_hello"}
