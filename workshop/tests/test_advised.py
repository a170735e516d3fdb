"""The count of wrong answers that get no action, or no place."""

from __future__ import annotations

import pytest

from workshop.report import Advice, Check, Line, Outcome
from workshop.tests import advice_coverage
from workshop.tests.advice_coverage import AnswerAdvice, exceeds_limits, summary_lines
from workshop.tests.submissions_runner import run_files

LINE = Line("exercises/step01_hello/greet.py", 7, "greet", "return web.Response()")


def answer(action="", line=None):
    """Return an answer that got this."""
    advice = Advice("suite", "So.", action, line) if action or line else None
    check = Check("test_it", "It works.", Outcome.FAILED, "1 came", advice=advice)
    return AnswerAdvice("step01/greet/wrong", check)


def test_lists_what_lacks_something():
    """Each by its name, with the check and its message; then both shares."""
    lines = list(summary_lines([answer("Do.", LINE), answer(), answer("Do.")]))
    assert lines == [
        "no action: step01/greet/wrong (test_it): 1 came",
        "no place: step01/greet/wrong (test_it): 1 came",
        "no place: step01/greet/wrong (test_it): 1 came",
        "1 of 3 wrong answers (33.3%) get no action; at most 5% may.",
        "2 of 3 wrong answers (66.7%) get no place; at most 0% may.",
    ]


@pytest.mark.parametrize(
    ("many", "others", "bad"),
    [
        (19, [answer("", LINE)], False),
        (18, [answer("", LINE)], True),
        (99, [answer("Do.")], True),
        (99, [AnswerAdvice("passed", None)], True),
        (1, [], False),
    ],
)
def test_the_limits(many, others, bad):
    """One of twenty may have no action, none may have no place."""
    assert exceeds_limits([answer("Do.", LINE)] * many + others) is bad


def test_a_word_that_chooses_nothing(capsys):
    """The call is wrong, and says so."""
    assert advice_coverage.main(["nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.slow
def test_of_an_exercise(capsys):
    """Every wrong answer is looked at, and no other."""
    advice_coverage.main(["plain_text", "--jobs", "1", "--show"])
    out = capsys.readouterr().out
    (exercise,) = advice_coverage.select_exercises(["plain_text"])
    names = sorted(file.stem for file in exercise.answers.glob("wrong_*.py"))
    heads = [line for line in out.splitlines() if line.startswith("step01/plain_text/")]
    assert [line.partition(" ")[0].rpartition("/")[2] for line in heads] == names
    assert "every check passed" not in out


@pytest.mark.slow
def test_a_judged_test_has_a_place():
    """Where nothing of the file ran in the check, what its message names is the place."""
    (exercise,) = advice_coverage.select_exercises(["reading"])
    found = {
        answer.key.rpartition("/")[2]: answer for answer in advice_coverage.advice_for(exercise)
    }
    check = found["wrong_name"].check
    assert check
    assert check.place
    assert "def list_of_posts" in check.place.code
    assert all(answer.has_place for answer in found.values())


def test_a_file_that_ends_its_process(tmp_path):
    """It has no checks; those after it are asked by another process."""
    head = '"""A submission.\n\nexercise: step01/plain_text\n"""\n\n'
    files = [tmp_path / f"{name}.txt" for name in ("a", "b", "c")]
    for file, text in zip(files, ("x = 1", "import os; os._exit(3)", "x = 1"), strict=True):
        file.write_text(f"{head}{text}\n", encoding="utf-8")
    assert list(run_files(files)) == [files[0], files[2]]
