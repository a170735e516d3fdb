"""The count of wrong answers that get no action, or no place."""

from __future__ import annotations

import pytest

from workshop.report import Advice, Check, Line, Outcome
from workshop.tests import advised
from workshop.tests.advised import Given, above, listed
from workshop.tests.asking import asked

LINE = Line("exercises/step01_hello/greet.py", 7, "greet", "return web.Response()")


def answer(action="", line=None):
    """Return an answer that got this."""
    advice = Advice("suite", "So.", action, line) if action or line else None
    check = Check("test_it", "It works.", Outcome.FAILED, "1 came", advice=advice)
    return Given("step01/greet/wrong", check)


def test_lists_what_lacks_something():
    """Each by its name, with the check and its message; then both shares."""
    told = list(listed([answer("Do.", LINE), answer(), answer("Do.")]))
    assert told == [
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
        (99, [Given("passed", None)], True),
        (1, [], False),
    ],
)
def test_the_limits(many, others, bad):
    """One of twenty may have no action, none may have no place."""
    assert above([answer("Do.", LINE)] * many + others) is bad


def test_a_word_that_chooses_nothing(capsys):
    """The call is wrong, and says so."""
    assert advised.main(["nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.slow
def test_of_an_exercise(capsys):
    """Every wrong answer is looked at, and no other."""
    advised.main(["plain_text", "--jobs", "1", "--show"])
    out = capsys.readouterr().out
    (exercise,) = advised.chosen(["plain_text"])
    names = sorted(file.stem for file in exercise.answers.glob("wrong_*.py"))
    heads = [line for line in out.splitlines() if line.startswith("step01/plain_text/")]
    assert [line.partition(" ")[0].rpartition("/")[2] for line in heads] == names
    assert "every check passed" not in out


@pytest.mark.slow
def test_a_judged_test_has_a_place():
    """Where nothing of the file ran in the check, what its message names is the place."""
    (exercise,) = advised.chosen(["reading"])
    given = {answer.key.rpartition("/")[2]: answer for answer in advised.given(exercise)}
    check = given["wrong_name"].check
    assert check
    assert check.place
    assert "def list_of_posts" in check.place.code
    assert all(answer.has_place for answer in given.values())


def test_a_file_that_ends_its_process(tmp_path):
    """It has no checks; those after it are asked by another process."""
    head = '"""A submission.\n\nexercise: step01/plain_text\n"""\n\n'
    files = [tmp_path / f"{name}.txt" for name in ("a", "b", "c")]
    for file, text in zip(files, ("x = 1", "import os; os._exit(3)", "x = 1"), strict=True):
        file.write_text(f"{head}{text}\n", encoding="utf-8")
    assert list(asked(files)) == [files[0], files[2]]
