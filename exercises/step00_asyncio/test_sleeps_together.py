"""Wait for all of them at once.

`await ask("Ada", 2)` gives Ada's answer, after two seconds.
Finish `ask_all()`, which asks everybody in a dictionary of names and seconds:

- All are asked at the same time: with 2, 10 and 5 seconds it takes 10, not 17.
- The answers come back as a list, in the order of the dictionary, whoever was first.
- An error in one of them comes out of `ask_all()`.

In the checks a second takes no time, so you need not wait.
"""

import asyncio

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=1, minutes=5, when="room")

THREE = {"Ada": 2, "Grace": 10, "Alan": 5}


def answers(people):
    """Return what they say."""
    return [f"{name} answered after {seconds} s" for name, seconds in people.items()]


@pytest.mark.hint(
    "Calling `ask(name, seconds)` starts nothing. A task does: `group.create_task(ask(...))`.",
    "`async with asyncio.TaskGroup() as group:` waits at its end until all tasks are done.",
    "After the block: `[task.result() for task in tasks]`.",
)
async def test_answers(exercise, clock):
    """ask_all() returns everybody's answer, in the order of the dictionary."""
    for people in THREE, {"Edsger": 3, "Barbara": 1}:
        came = await clock.run(exercise.ask_all(people))
        assert came == answers(people), (
            cause(
                lambda came: any(map(asyncio.iscoroutine, came)),
                what="These are coroutines, and nobody awaits them: no question was asked.",
                do="Make a task of each by `group.create_task(…)`, and return their results.",
                at=exercise.ask_all,
            )
            | cause(
                lambda came: any(isinstance(one, asyncio.Task) for one in came),
                what="These are the tasks, not what they returned.",
                do="Return `[task.result() for task in tasks]`, below the block of the group.",
                at=exercise.ask_all,
            )
            | cause(
                when=sorted(map(str, came)) == sorted(answers(people)),
                what="The answers stand in the order in which they came.",
                do="Go over the tasks in the order in which you made them.",
                at=exercise.ask_all,
            )
        )


@pytest.mark.hint(
    "An `await` in the loop waits for this one before the next one is asked.",
    "Make all the tasks first, and wait for them afterwards.",
)
async def test_together(exercise, clock):
    """Waits of 2, 10 and 5 seconds take 10 seconds together."""
    assert len(await clock.run(exercise.ask_all(THREE)) or []) == 3, "Three answers are missing."
    assert clock.now == 10, cause(
        17,
        what="Each wait begins when the one before it has ended: 2 + 10 + 5 seconds.",
        do="Make all the tasks first, and wait for them afterwards.",
        at=exercise.ask_all,
    )


@pytest.mark.hint(
    "The dictionary may have a hundred names, or none. Does your code name three of them?",
    "Make a task for each name in `people`, however many there are.",
    "`tasks = [group.create_task(ask(name, seconds)) for name, seconds in people.items()]`",
)
async def test_any_number(exercise, clock):
    """A hundred people take as long as the slowest of them, and nobody takes no time."""
    assert await clock.run(exercise.ask_all({})) == []
    assert clock.now == 0
    hundred = {f"Guest {number}": number for number in range(1, 101)}
    assert await clock.run(exercise.ask_all(hundred)) == answers(hundred)
    assert clock.now == 100


@pytest.mark.hint(
    "Whoever is asked to answer after -1 seconds raises ValueError: let it through.",
    "`gather(..., return_exceptions=True)` hides errors among the answers.",
)
async def test_error(exercise, clock):
    """When one of them raises an error, so does ask_all()."""
    came = "no error"
    try:
        came = await clock.run(exercise.ask_all({"Ada": 2, "Merlin": -1}))
    except* ValueError:  # alone, or in the group that a TaskGroup makes
        came = None
    assert came is None, f"Merlin's error is lost: ask_all() gave {came!r}." | cause(
        when=any(isinstance(one, Exception) for one in came or ()),
        what="The error stands among the answers.",
        do="Leave out `return_exceptions=True`: then the error comes out of `ask_all`.",
        at=exercise.ask_all,
    )
