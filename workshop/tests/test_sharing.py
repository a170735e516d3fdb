"""Two processes share the checks of a suite; what comes out is what one would have said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from workshop.report import Check, Outcome
from workshop.runner.checker import halves, together
from workshop.runner.outcome import Heard, Mishap

pytestmark = pytest.mark.interpreter


@pytest.mark.parametrize(
    ("seconds", "first"),
    [
        ({}, "ab"),
        ({"a": 0.1, "b": 0.1, "c": 0.1, "d": 0.1}, "ab"),
        ({"a": 0.9, "b": 0.1, "c": 0.1, "d": 0.1}, "a"),
        ({"a": 0.1, "b": 0.1, "c": 0.1, "d": 0.9}, "abc"),
        ({"a": 0.9}, "ab"),
        ({"a": 0.9, "b": 0.3}, "ab"),
        ({"a": 0.0, "b": 0.0, "c": 0.0, "d": 0.5}, "ab"),
        ({"gone": 9.0}, "ab"),
    ],
)
def test_both_halves_take_equally_long(seconds: Mapping[str, float], first: str):
    """The order stays; what is not known takes as long as the others do."""
    assert tuple("".join(half) for half in halves("abcd", seconds)) == (first, "abcd"[len(first) :])


def test_nothing_and_one_check():
    """There is always a first half and a second one."""
    assert halves((), {}) == ((), ())
    assert sorted(halves(("a",), {})) == [(), ("a",)]


def part(*names: str, ended: bool = True, **more: object) -> Heard:
    """Return what a process said that asked these checks."""
    checks = [Check(name, "It works.", Outcome.PASSED) for name in names]
    return Heard(checks=checks, ended=ended, **more)  # type: ignore[arg-type]


def names(heard: Heard) -> str:
    """Return the names of the checks that were heard."""
    return "".join(check.name for check in heard.checks)


def test_all_went_well():
    """The checks come in order, the clock counts from the first line of code, nothing is lost."""
    first = part("a", "b", began=2.0, output="one\n", left=["A thread."])
    second = part("c", began=1.0, output="two\n", left=["A thread.", "A signal."])
    whole = together([first, second])
    assert names(whole) == "abc"
    assert (whole.began, whole.output, whole.ended) == (1.0, "one\ntwo\n", True)
    assert whole.left == ["A thread.", "A signal."]
    assert names(first) == "ab", "what was heard is not written over"


@pytest.mark.parametrize(
    "fault", [{"ended": False, "exit": 3}, {"trouble": Mishap("interrupt", "pytest.exit()")}]
)
def test_what_comes_after_a_mishap_was_not_asked(fault: dict[str, object]):
    """One process would not have come to it."""
    whole = together([part("a", **fault), part("c", stacks="Timeout (")])  # type: ignore[arg-type]
    assert names(whole) == "a"
    assert whole.stacks == ""
    assert {"ended": whole.ended, "exit": whole.exit, "trouble": whole.trouble}.items() >= (
        fault.items()
    )


def test_a_mishap_in_the_second_half():
    """It is told with what was known by then; what came before it counts."""
    second = part("c", ended=False, running="d", main=7, stacks="Timeout (")
    whole = together([part("a", "b", main=5), second])
    assert names(whole) == "abc"
    assert (whole.running, whole.main, whole.stacks, whole.ended) == ("d", 7, "Timeout (", False)


def test_nothing_was_heard_of_either():
    """Then the clock has not begun."""
    assert together([part(ended=False), part()]).began is None
