"""The messages of the judge: the words of a failed check, their causes, what to do."""

from functools import partial

from workshop.advice.causes import cause
from workshop.mutation.inner_plugin import TEST_SECONDS

NO_TESTS = "There is no test in {file}."
NOT_WRITTEN = "Still to be written: {names}."
NOT_COLLECTED = "pytest cannot make tests of your file:\n{why}"
NONE_COLLECTED = "pytest cannot make tests of your file, so none can catch a fault."
FAILS = "{name} fails on the right code, so the fault is in your file."
IDLE = {
    "skipped": "It was skipped. A test that does not run proves nothing.",
    "xfailed": "It is marked `xfail`, and fails. Such a test notices no fault.",
    "xpassed": "It is marked `xfail`, so it notices no fault: take the mark away.",
}
PROVES = ("passed", "xpassed")
TOO_LONG = f"It was still waiting after {TEST_SECONDS:g} seconds, for what does not come."
SLEEPS = "A test never sleeps."
NO_AWAIT = "`.{name}` is asked of something that was not awaited."
ENDED_IN = "It ended in {kind}: {text}"
ABSOLUTE = "The client knows where the blog is: give it the path alone, such as `/api/posts/1`."
NO_ARGUMENT = "`{name}` is a fixture; a test gets it as an argument: `async def {test}({name}):`"
NO_FIXTURE = "It takes `{name}`, and there is no such fixture. Here are: {all}."
NONE_PASSES = "No test of yours passes on the right code yet, so none can catch a fault."
NOT_REACHED = "Let through: no test of yours gets to what is broken here."
PAST = "Let through: {name} came past the fault and passed{more}."
ROWS = "Let through: all {number} rows of {name} came past the fault and passed{more}."
"""The words of a failed check. What follows is what they come from, and what to do."""

TO_NAME = partial(
    cause,
    what="A test is a function whose name begins with `test_`.",
    do="Write one: `async def test_read(client): …`",
)
TO_WRITE = partial(
    cause,
    what="A test that is handed out raises an error until you have written it.",
    do="Put your test in the place of `raise AssertionError`, as its TODO says.",
)
TO_RUN = partial(
    cause,
    what="None of your tests both ran and could fail.",
    do="Take the mark away, so that the test counts.",
)
TO_PASS = partial(
    cause,
    what="A test that fails on the right code says nothing about a broken one.",
    do="See to the first check before this one.",
)
TO_REACH = partial(
    cause,
    what="Whatever your tests ask, the code with this fault is not called for it.",
    do="Write a test that asks for what this check names.",
)
TO_ADD = partial(
    cause,
    what="No row of the table notices this fault.",
    do="Add a row for it; if there is one, look closer at what it sends and expects.",
)
TO_LOOK = partial(
    cause,
    what="What the test asserts holds on the broken blog, too.",
    do="Look closer at what happened there, shown below, or ask for something else.",
)
TO_CALL = partial(
    cause,
    what="What the test asserts holds for the broken code, too.",
    do="Look closer at what is returned, or give it something else.",
)
TO_ASSERT = partial(
    cause,
    what="There is no `assert` in this test.",
    do="Assert what must hold of what comes back.",
)
TO_HOLD = partial(
    cause,
    what="This does not hold on the right code.",
    do="Compare with what came, and correct what the test asks or expects.",
)
TO_COME = partial(
    cause,
    what="What the test waits for does not come.",
    do="Await something that comes to an end, such as an answer of the blog.",
)
TO_AWAIT = partial(
    cause,
    what="A time that is fixed is too long on one machine, and too short on a slower one.",
    do="`await` the thing that you wait for.",
)
TO_TAKE = partial(
    cause,
    what="A fixture is no name of the module.",
    do="Take it as a parameter of the test.",
)
A_COROUTINE = partial(
    cause,
    what="A coroutine came where its result was meant.",
    do="Put `await` before the call that made it, and `async` before the `def` of the test.",
)
TO_COLLECT = {
    "Passing a non-Collection iterable": partial(
        cause,
        what="pytest needs to know how many values there are.",
        do="Give `parametrize` its values as a list: `[…]`.",
    ),
    "has a __init__ constructor": partial(
        cause,
        what="pytest makes the objects of a class of tests by itself.",
        do="Take `__init__` out of the class; a fixture prepares its tests.",
    ),
}
"""By a part of pytest's message."""
