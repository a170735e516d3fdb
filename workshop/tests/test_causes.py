"""Causes beside an assertion: each is shown for the wrong value that it names, and for no other."""

from __future__ import annotations

import linecache

import pytest

from workshop.advice.causes import KEY, Causes, cause, causes_of
from workshop.course.answers import read_answers
from workshop.report.comparison import Comparison
from workshop.tests.submissions_runner import first_failures
from workshop.tests.test_answers import COURSE

NO_STATUS = cause(200, what="Nobody gave a status.", do="Write `status=201`.")


def failed(actual, expected, beside):
    """Return the error of an assertion, as pytest makes it."""
    try:
        assert actual == expected, beside
    except AssertionError as error:
        return error
    return None


def told(actual, beside, expected=201):
    """Return the sentence of the advice about a wrong value, or None."""
    error = failed(actual, expected, beside)
    causes = causes_of(error)
    assert causes is not None
    advice = causes.advice(Comparison.of_assertion("==", actual, expected), "")
    return advice and advice.sentence


def test_told_for_the_value_that_it_names():
    """A cause is shown for the value that it names, and for no other."""
    assert told(200, NO_STATUS) == "Nobody gave a status."
    assert told(404, NO_STATUS) is None


@pytest.mark.parametrize(
    ("wrong", "actual", "fits"),
    [
        ((), 404, True),
        ((1,), True, False),
        ((0,), False, False),
        ((True,), True, True),
        ((200, 204), 204, True),
        ((lambda actual: actual >= 500,), 502, True),
        ((lambda actual: actual >= 500,), 404, False),
        ((lambda actual: actual["a"],), 404, False),
        ((lambda actual: "<" in actual,), "a < b", True),
        ((None,), None, True),
    ],
)
def test_values_and_predicates(wrong, actual, fits):
    """The actual value is compared with values and predicates; one that raises is false."""
    assert (told(actual, cause(*wrong, what="So.", do="Do."), expected="?") == "So.") is fits


def test_the_first_that_fits():
    """Of several causes beside an assertion the first that fits is shown."""
    both = NO_STATUS | cause(404, what="Not found.", do="Look.") | cause(what="Else.", do="Do.")
    assert [told(actual, both) for actual in (200, 404, 500)] == [
        "Nobody gave a status.",
        "Not found.",
        "Else.",
    ]
    assert told(404, cause(404, what="So.", do="Do.", when=0)) is None


def test_a_condition_beside():
    """A condition is evaluated only when the check fails, and may use all its variables."""
    pauses = [1, 1, 1]

    def look(actual):
        assert actual == 3, cause(what=f"{len(pauses)} pauses.", do="Do.", when=len(pauses) == 3)

    look(3)
    with pytest.raises(AssertionError) as caught:
        look(2)
    found = causes_of(caught.value)
    assert found is not None
    assert found.likely[0].what == "3 pauses."


def test_words_of_its_own():
    """The suite's own sentence is the message, as without a cause."""
    error = failed(200, 201, "A new post is a 201." | NO_STATUS)
    assert str(error) == "A new post is a 201.\nassert 200 == 201"
    assert causes_of(error) == "A new post is a 201."
    assert told(200, "A new post is a 201." | NO_STATUS) == "Nobody gave a status."


@pytest.mark.parametrize("beside", ["words", f"{'words'}", None])
def test_nothing_beside(beside):
    """A message without causes stays what it is."""
    assert causes_of(failed(200, 201, beside)) is None


def test_raised_by_a_suite():
    """An assertion that pytest did not rewrite has the causes as its argument."""
    error = AssertionError("Not the shape." | cause(what="So.", do="Do."))
    found = causes_of(error)
    assert found is not None
    assert found.likely[0].do == "Do."
    assert causes_of(ValueError(NO_STATUS)) is None
    assert causes_of(None) is None


def test_place():
    """The place is a function of the learner's, or the first line that has a text."""
    exercise = COURSE.select("greet")[0]
    file = str(exercise.file)
    number, code = next(
        (number, line.strip())
        for number, line in enumerate(linecache.getlines(file), 1)
        if "def greet" in line
    )
    (likely,) = cause(what="So.", do="Do.", at="def greet").likely
    line = likely.advice(file).line
    assert line
    assert (line.number, line.code) == (number, code)
    (likely,) = cause(what="So.", do="Do.", at="def nowhere").likely
    assert likely.advice(file).line is None


@pytest.mark.slow
def test_in_a_report(tmp_path):
    """The report shows cause, action and place beside the compared values."""
    answers = read_answers(COURSE.select("at_most_three")[0], "wrong_lock")
    text = answers["wrong_lock"].replace("\n\n", "\n\nexercise: at_most_three\n", 1)
    (tmp_path / "lock.txt").write_text(text, "utf-8")
    check = first_failures(tmp_path)["lock"]
    assert check.advice
    assert check.advice.key == KEY
    assert check.advice.sentence == "The pages were asked for one after the other."
    assert "Semaphore(at_most)" in check.advice.action
    assert check.advice.line
    assert check.advice.line.function == "download"
    assert check.difference
    assert (check.difference.came, check.difference.wanted) == ("1", "3")


def test_words_are_text():
    """Causes are a string, which pytest takes for any other message."""
    assert isinstance(NO_STATUS, Causes)
    assert NO_STATUS == ""
