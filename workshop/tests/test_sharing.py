"""Two workers share the checks of a suite; the merged run equals that of one process."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from workshop.report import Check, Outcome
from workshop.runner.checker import merge, split_checks
from workshop.runner.run_state import RunState, TerminationReason

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
    """The order of the checks stays; a check of unknown duration counts as average."""
    assert tuple("".join(half) for half in split_checks("abcd", seconds)) == (
        first,
        "abcd"[len(first) :],
    )


def test_splitting_no_check_and_one_check():
    """Splitting no check, or one, gives two parts as well."""
    assert split_checks((), {}) == ((), ())
    assert sorted(split_checks(("a",), {})) == [(), ("a",)]


def part(*names: str, ended: bool = True, **more: object) -> RunState:
    """Return the state of a worker that ran these checks."""
    checks = [Check(name, "It works.", Outcome.PASSED) for name in names]
    return RunState(checks=checks, ended=ended, **more)  # type: ignore[arg-type]


def names(state: RunState) -> str:
    """Return the names of the checks in a state."""
    return "".join(check.name for check in state.checks)


def test_two_completed_parts():
    """The merged run has all checks in order, the earlier start, and the output of both parts."""
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
def test_parts_behind_a_stopped_one_are_dropped(fault: dict[str, object]):
    """A part behind one that did not complete is dropped, as one process would not have run it."""
    whole = merge([part("a", **fault), part("c", stack_dump="Timeout (")])  # type: ignore[arg-type]
    assert names(whole) == "a"
    assert whole.stack_dump == ""
    assert {"ended": whole.ended, "exit_code": whole.exit_code, "reason": whole.reason}.items() >= (
        fault.items()
    )


def test_the_second_part_does_not_complete():
    """The merged run has the checks of both parts, and why the second one did not complete."""
    second = part("c", ended=False, running="d", main_thread=7, stack_dump="Timeout (")
    whole = merge([part("a", "b", main_thread=5), second])
    assert names(whole) == "abc"
    assert (whole.running, whole.main_thread, whole.stack_dump, whole.ended) == (
        "d",
        7,
        "Timeout (",
        False,
    )


def test_neither_part_has_started():
    """The merged run has no start when neither part has started."""
    assert merge([part(ended=False), part()]).started_at is None
