"""Comparisons: the values as text, and where they differ."""

from __future__ import annotations

import pytest

from workshop.report import BODY_LIMIT, PARTS_LIMIT, Part
from workshop.report.comparison import (
    ITEMS_SHOWN,
    Comparison,
    differing_span,
    exception_text,
    represent,
    without_addresses,
)


class Nameless:
    """Something whose repr() fails."""

    def __repr__(self):
        raise ZeroDivisionError


class Numbered:
    """Something that shows itself as a task does."""

    def __repr__(self):
        return "<Task done name='Task-7'>"


def loop():
    """Return a list that holds itself."""
    ring: list[object] = []
    ring.append(ring)
    return ring


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("Ada", '"Ada"'),
        ('say "Ada"', '"say \\"Ada\\""'),
        ("a\\b\n\tc", '"a\\\\b\\n\\tc"'),
        ("\x1b[31m\x07\u202e\u00a0", '"\\x1b[31m\\x07\\u202e\\xa0"'),
        ("Zoë 😀", '"Zoë 😀"'),
        ("\ud800", '"\\ud800"'),
        (501, "501"),
        (None, "None"),
        (b"\x00Ada", "b'\\x00Ada'"),
        ({"id": 1, "tags": ["a", None]}, '{"id": 1, "tags": ["a", None]}'),
        (("Ada", 200), "('Ada', 200)"),
        ({Numbered(): [Numbered()]}, "{<Task done>: [<Task done>]}"),
        ("<Task done name='Task-7'>", "\"<Task done name='Task-7'>\""),
        (Nameless(), "<Nameless whose repr() raised ZeroDivisionError>"),
        ([Nameless()], "<list whose repr() raised ZeroDivisionError>"),
        (loop(), "<list whose repr() raised RecursionError>"),
    ],
)
def test_represent(value, wanted):
    """A value is text in double quotes, printable, also if its repr() raises."""
    assert represent(value) == wanted


def test_without_addresses():
    """Addresses of objects and numbers of tasks are left out; a name that was given stays."""
    assert (
        without_addresses("<coroutine object index at 0x7faf9df88040>")
        == "<coroutine object index>"
    )
    task = "<Task pending name='Task-12' coro=<index()>>"
    assert without_addresses(task) == "<Task pending coro=<index()>>"
    assert without_addresses(task.replace("Task-12", "letters")) == task.replace(
        "Task-12", "letters"
    )


@pytest.mark.parametrize(
    ("came", "wanted", "span"),
    [
        ("Hello Ada", "Hello, Ada", (5, 5, 6)),
        ("abc", "abd", (2, 3, 3)),
        ("aa", "aaa", (2, 2, 3)),
        ("same", "same", (4, 4, 4)),
        ("", "x", (0, 0, 1)),
    ],
)
def test_differing_span(came, wanted, span):
    """The span begins at the first difference, and has an end in both texts."""
    assert differing_span(came, wanted) == span


def part(came, wanted):
    """Return what is marked in both."""
    found = Comparison("==", came, wanted).difference()
    return found.came[found.start : found.came_end], found.wanted[found.start : found.wanted_end]


def test_marked_parts():
    """Text is marked where it differs, a number or another type as a whole."""
    assert part("Hello, Ada!", "Hello, Grace!") == ("Ada", "Grace")
    assert part(201, 200) == ("201", "200")
    assert part("1", 1) == ('"1"', "1")


def test_long_values_are_cut_around_the_difference():
    """Far into a long text both sides show the difference, at the same place."""
    came, wanted = "x" * 10_000 + "Ada" + "y" * 10_000, "x" * 10_000 + "Grace" + "y" * 10_000
    assert part(came, wanted) == ("Ada", "Grace")
    found = Comparison("==", came, wanted).difference()
    assert len(found.came) <= BODY_LIMIT + 2
    assert found.came.startswith("…")
    assert found.came.endswith("…")


def test_in_marks_the_most_similar_part():
    """For `in` the container is what came; its most similar part is the place to look at."""
    page = "<p>" * 2000 + "<h1>Hello Ada</h1>" + "</p>" * 2000
    found = Comparison.of_assertion("in", "Hello, Ada", page).difference()
    assert found.wanted == '"Hello, Ada"'
    assert found.came[found.start : found.came_end] in {"Hello", " Ada"}


def test_differing_parts():
    """Structures are compared key by key, with the way to each difference."""
    came = {"id": "1", "title": "Notes", "tags": ["a", "b", "c"], "extra": 0}
    wanted = {"id": 1, "title": "Notes", "tags": ["a", "x"], "owner": "Ada"}
    assert Comparison("==", came, wanted).difference().parts == (
        Part('["id"]', '"1"', "1"),
        Part('["tags"][1]', '"b"', '"x"'),
        Part('["tags"][2]', '"c"', None),
        Part('["owner"]', None, '"Ada"'),
        Part('["extra"]', "0", None),
    )


def test_differing_parts_are_limited():
    """Only the first differences are listed, none for other values or operators."""
    came, wanted = list(range(100)), list(range(1, 101))
    assert len(Comparison("==", came, wanted).difference().parts) == PARTS_LIMIT
    assert Comparison("==", "a", "b").difference().parts == ()
    assert Comparison("<", came, wanted).difference().parts == ()


class MuteError(Exception):
    """An exception that has no words."""

    def __str__(self):
        raise ZeroDivisionError


def test_exception_text():
    """The text of an exception is its str(), or the error that str() raises."""
    assert exception_text(ValueError("no")) == "no"
    assert exception_text(MuteError()) == "(its str() raised ZeroDivisionError)"


def test_not_in_marks_the_value():
    """For `not in` the place in the actual value is marked, without the quotes."""
    found = Comparison.of_assertion("not in", "Ada", "Hello, Ada!").difference()
    assert found.came[found.start : found.came_end] == "Ada"
    assert found.wanted[: found.wanted_end] == '"Ada"'
    for wanted, came in ((3, [1, 2, 3]), (b"da", b"Ada"), ("x", {"x": 1})):
        found = Comparison.of_assertion("not in", wanted, came).difference()
        part = found.came[found.start : found.came_end]
        assert part in {"3", "da", "x"}


def test_very_large_structures_use_repr():
    """A structure is written with double quotes up to a limit, beyond it by its repr()."""
    assert represent(["a"] * ITEMS_SHOWN).startswith('["a"')
    assert represent(["a"] * (ITEMS_SHOWN + 1)).startswith("['a'")
    assert represent({str(n): n for n in range(ITEMS_SHOWN)}).startswith('{"0"')
    assert represent({str(n): n for n in range(ITEMS_SHOWN + 1)}).startswith("{'0'")


@pytest.mark.parametrize(("came", "wanted"), [({"a": 1}, [1]), ([1], {"a": 1}), ([1], 1), (1, [1])])
def test_structures_of_two_kinds(came, wanted):
    """A dict and a list differ as a whole."""
    assert Comparison("==", came, wanted).difference().parts == ()


def test_a_value_at_the_limit_is_not_cut():
    """A value at the limit is whole, without a mark."""
    whole = "x" * (BODY_LIMIT - 2)
    assert Comparison("in", whole, "y").difference().came == f'"{whole}"'
    assert Comparison("in", whole + "x", "y").difference().came.endswith("…")


@pytest.mark.parametrize(
    ("line", "operator", "right", "sentence"),
    [
        ("assert status in {200}", "in", {200}, "404 came; one of {200} was wanted."),
        (
            "assert status in (200, 204)",
            "in",
            (200, 204),
            "404 came; one of (200, 204) was wanted.",
        ),
        ("assert status in GOOD", "in", {200}, "404 came; one of {200} was wanted."),
        ("assert status not in {404}", "not in", {404}, "404 came; it must be none of {404}."),
        ("assert status in seen", "in", {200}, "404 is not in what came: {200}."),
        ("assert status in (await seen())", "in", [200], "404 is not in what came: [200]."),
    ],
)
def test_a_literal_choice_is_expected(line, operator, right, sentence):
    """In `x in {1, 2}` the choice is the expected value."""
    compared = Comparison.of_assertion(operator, 404, right).as_written_in(line)
    assert compared.difference().sentence == sentence


@pytest.mark.parametrize(
    ("operator", "words"),
    [("is", "must be None"), ("is not", "must not be None"), ("<", "must be < None")],
)
def test_operators_in_words(operator, words):
    """The words of an operator make a sentence, not "must be is"."""
    assert Comparison(operator, 5, None).difference().sentence == f"5 came; it {words}."
