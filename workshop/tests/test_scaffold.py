"""Adding a step is adding folders: no list, table, session or toctree is edited."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from workshop import course
from workshop.course import CourseError, scaffold
from workshop.tests.sites import shorten

FINDS_MISSING_ANSWERS = "test_every_file_belongs_to_an_exercise"
FEW = "test_exercises_are_numbered_and_one_stretches"


def call(scratch, *words):
    """Run Python in the copy of the course; return what it printed and its exit code."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV_"))}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=scratch,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def made(scratch):
    """A copy of the course with a new step, and what the command said was yet to write."""
    answers = course.ROOT / "workshop" / "tests" / "answers"
    shutil.copytree(answers, scratch / answers.relative_to(course.ROOT))
    code, output = call(scratch, "-m", "workshop", "new", "http-caching")
    assert code == 0, output
    return scratch, output


@pytest.mark.slow
def test_a_new_step_is_taken_up_everywhere(made):
    """The checker, the step's tests and nox know it; nothing was edited."""
    scratch, output = made
    step = course.discover(scratch).steps[-1]
    assert step.slug == "http_caching"
    assert call(scratch, "-m", "workshop", "check", "first_http_caching")[0] == 1
    assert call(scratch, "-m", "workshop", "check", "first_http_caching", "--solution")[0] == 0
    assert call(scratch, "-m", "pytest", "-q", f"steps/{step.folder}")[0] == 0
    assert f"- {step.label} -> http caching" in call(scratch, "-m", "nox", "-l")[1]
    assert f"made   steps/{step.folder}/" in output


@pytest.mark.slow
def test_a_new_step_passes_the_guard_but_for_what_it_names(made):
    """The answers and further exercises are yet to write, and the command says so."""
    scratch, output = made
    words = ("-m", "pytest", "-q", "-p", "no:randomly", "workshop/tests/test_guard.py")
    code, said = call(scratch, *words, "-k", course.discover(scratch).steps[-1].label)
    failed = {
        line.split("::")[1].partition("[")[0] for line in said.splitlines() if "FAILED" in line
    }
    assert failed == {FINDS_MISSING_ANSWERS, FEW}, said
    assert "workshop/tests/answers/" in output
    assert "the real exercises" in output
    assert code == 1


@pytest.mark.slow
def test_a_new_step_is_on_the_site(made):
    """Its page is built, without a warning, and stands on the front page."""
    scratch, _ = made
    folder = course.discover(scratch).steps[-1].folder
    shorten(scratch / "docs", "index.md", f"{folder}/index.md")
    words = ("-m", "sphinx", "-q", "-W", "-n", "-b", "html", "docs", "out")
    code, said = call(scratch, *words)
    assert code == 0, said
    assert (scratch / "out" / folder / "index.html").exists()
    assert folder in (scratch / "out" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("topic", ["", "Ü", "../x", "9lives", "hello"])
def test_a_topic_has_to_name_a_folder(scratch, topic):
    """And not one that is there."""
    before = sorted(scratch.rglob("*"))
    with pytest.raises(CourseError):
        scaffold.new_step(course.discover(scratch), topic)
    assert sorted(scratch.rglob("*")) == before


def test_an_answer_is_never_taken_for_a_stub(scratch):
    """A solved exercise would be handed out to the next learner."""
    exercise = course.discover(scratch).exercises[0]
    exercise.file.write_bytes(exercise.solution.read_bytes())
    with pytest.raises(CourseError, match="no stub"):
        scaffold.take_stubs(course.discover(scratch))


def test_a_changed_stub_is_taken(scratch):
    """After an author's edit, `stubs` keeps it as what is handed out."""
    found = course.discover(scratch)
    assert scaffold.take_stubs(found) == []
    exercise = found.exercises[0]
    exercise.file.write_text(exercise.file.read_text("utf-8") + "# one line more\n", "utf-8")
    assert scaffold.take_stubs(found) == [exercise.stub]
    assert exercise.stub.read_bytes() == exercise.file.read_bytes()
