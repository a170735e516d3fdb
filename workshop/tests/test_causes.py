"""What a suite says beside an assertion: told for the wrong value that it names, and no other."""

from __future__ import annotations

import linecache

import pytest

from workshop.advice.causes import KEY, Causes, cause, causes_of
from workshop.course.answers import read_answers
from workshop.report.comparison import Comparison
from workshop.tests.submissions_runner import first_failures
from workshop.tests.test_answers import COURSE

NO_STATUS = cause(200, what="Nobody gave a status.", do="Write `status=201`.")


def failed(came, wanted, beside):
    """Return the error of an assertion, as pytest makes it."""
    try:
        assert came == wanted, beside
    except AssertionError as error:
        return error
    return None


def told(came, beside, wanted=201):
    """Return what is told of a wrong value, or None."""
    error = failed(came, wanted, beside)
    causes = causes_of(error)
    assert causes is not None
    advice = causes.advice(Comparison.of_assertion("==", came, wanted), "")
    return advice and advice.sentence


def test_told_for_the_value_that_it_names():
    """For another wrong value it would say something wrong."""
    assert told(200, NO_STATUS) == "Nobody gave a status."
    assert told(404, NO_STATUS) is None


@pytest.mark.parametrize(
    ("wrong", "came", "fits"),
    [
        ((), 404, True),
        ((1,), True, False),
        ((0,), False, False),
        ((True,), True, True),
        ((200, 204), 204, True),
        ((lambda came: came >= 500,), 502, True),
        ((lambda came: came >= 500,), 404, False),
        ((lambda came: came["a"],), 404, False),
        ((lambda came: "<" in came,), "a < b", True),
        ((None,), None, True),
    ],
)
def test_values_and_predicates(wrong, came, fits):
    """A predicate that cannot look at what came does not hold."""
    assert (told(came, cause(*wrong, what="So.", do="Do."), wanted="?") == "So.") is fits


def test_the_first_that_fits():
    """Several stand beside one assertion; each has its own value or condition."""
    both = NO_STATUS | cause(404, what="Not found.", do="Look.") | cause(what="Else.", do="Do.")
    assert [told(came, both) for came in (200, 404, 500)] == [
        "Nobody gave a status.",
        "Not found.",
        "Else.",
    ]
    assert told(404, cause(404, what="So.", do="Do.", when=0)) is None


def test_a_condition_beside():
    """It may look at whatever the check knows, and is asked only when the check fails."""
    pauses = [1, 1, 1]

    def look(came):
        assert came == 3, cause(what=f"{len(pauses)} pauses.", do="Do.", when=len(pauses) == 3)

    look(3)
    with pytest.raises(AssertionError) as caught:
        look(2)
    found = causes_of(caught.value)
    assert found is not None
    assert found.likely[0].what == "3 pauses."


def test_words_of_its_own():
    """The suite's sentence is the message, as without a cause."""
    error = failed(200, 201, "A new post is a 201." | NO_STATUS)
    assert str(error) == "A new post is a 201.\nassert 200 == 201"
    assert causes_of(error) == "A new post is a 201."
    assert told(200, "A new post is a 201." | NO_STATUS) == "Nobody gave a status."


@pytest.mark.parametrize("beside", ["words", f"{'words'}", None])
def test_nothing_beside(beside):
    """Other messages are what they were."""
    assert causes_of(failed(200, 201, beside)) is None


def test_raised_by_a_suite():
    """Without pytest in between the message is the object itself."""
    error = AssertionError("Not the shape." | cause(what="So.", do="Do."))
    found = causes_of(error)
    assert found is not None
    assert found.likely[0].do == "Do."
    assert causes_of(ValueError(NO_STATUS)) is None
    assert causes_of(None) is None


def test_place():
    """A function of the learner's, or a text that their line has, if any has it."""
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
    """The advice has cause, action and place; what came and what was wanted stay."""
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
    """Pytest takes them for a message like any other."""
    assert isinstance(NO_STATUS, Causes)
    assert NO_STATUS == ""
