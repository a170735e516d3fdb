"""Two processes share the checks of a suite; what comes out is what one would have said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from workshop.report import Check, Outcome
from workshop.runner.checker import merge, split_checks
from workshop.runner.outcome import RunState, TerminationReason

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
    assert tuple("".join(half) for half in split_checks("abcd", seconds)) == (
        first,
        "abcd"[len(first) :],
    )


def test_nothing_and_one_check():
    """There is always a first half and a second one."""
    assert split_checks((), {}) == ((), ())
    assert sorted(split_checks(("a",), {})) == [(), ("a",)]


def part(*names: str, ended: bool = True, **more: object) -> RunState:
    """Return what a process said that asked these checks."""
    checks = [Check(name, "It works.", Outcome.PASSED) for name in names]
    return RunState(checks=checks, ended=ended, **more)  # type: ignore[arg-type]


def names(state: RunState) -> str:
    """Return the names of the checks that were heard."""
    return "".join(check.name for check in state.checks)


def test_all_went_well():
    """The checks come in order, the clock counts from the first line of code, nothing is lost."""
    first = part("a", "b", started_at=2.0, output="one\n", violations=["A thread."])
    second = part("c", started_at=1.0, output="two\n", violations=["A thread.", "A signal."])
    whole = merge([first, second])
    assert names(whole) == "abc"
    assert (whole.started_at, whole.output, whole.ended) == (1.0, "one\ntwo\n", True)
    assert whole.violations == ["A thread.", "A signal."]
    assert names(first) == "ab", "what was heard is not written over"


@pytest.mark.parametrize(
    "fault",
    [{"ended": False, "exit_code": 3}, {"reason": TerminationReason("interrupt", "pytest.exit()")}],
)
def test_what_comes_after_a_mishap_was_not_asked(fault: dict[str, object]):
    """One process would not have come to it."""
    whole = merge([part("a", **fault), part("c", stack_dump="Timeout (")])  # type: ignore[arg-type]
    assert names(whole) == "a"
    assert whole.stack_dump == ""
    assert {"ended": whole.ended, "exit_code": whole.exit_code, "reason": whole.reason}.items() >= (
        fault.items()
    )


def test_a_mishap_in_the_second_half():
    """It is told with what was known by then; what came before it counts."""
    second = part("c", ended=False, running="d", main_thread=7, stack_dump="Timeout (")
    whole = merge([part("a", "b", main_thread=5), second])
    assert names(whole) == "abc"
    assert (whole.running, whole.main_thread, whole.stack_dump, whole.ended) == (
        "d",
        7,
        "Timeout (",
        False,
    )


def test_nothing_was_heard_of_either():
    """Then the clock has not begun."""
    assert merge([part(ended=False), part()]).started_at is None
