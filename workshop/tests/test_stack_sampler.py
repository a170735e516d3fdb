"""Samples of stacks: where the learner's code is when its time is up."""

from __future__ import annotations

import asyncio
import threading

import pytest

from workshop.course import ROOT
from workshop.report import Line
from workshop.runner import stack_sampler
from workshop.runner.stack_sampler import StackSample, from_faulthandler

FILE = "exercises/step01_hello/plain_text.py"
MAIN = 0x7F01
STACKS = """Timeout (0:00:02)!
Thread 0x00007f02 (most recent call first):
  File "/lib/python3.11/threading.py", line 331 in wait
  File "{root}/exercises/step01_hello/plain_text.py", line 7 in count

Thread 0x00007f01 (most recent call first):
{main}  File "{root}/exercises/step01_hello/plain_text.py", line 9 in index
  File "/lib/python3.11/asyncio/events.py", line 84 in _run
  File "{root}/exercises/step01_hello/test_plain_text.py", line 20 in test_status
"""


def places(*pairs: tuple[int, str]) -> tuple[Line, ...]:
    """Return lines of the learner's file."""
    return tuple(Line(FILE, number, function, "") for number, function in pairs)


def test_a_busy_main_thread():
    """A busy main thread is shown by the learner's lines, innermost last; suites are left out."""
    inner = f'  File "{ROOT}/{FILE}", line 3 in greet\n'
    found = from_faulthandler(STACKS.format(root=ROOT, main=inner), MAIN, ROOT)
    assert found == StackSample(places((9, "index"), (3, "greet")), places((7, "count")))


def test_an_idle_main_thread():
    """When the main thread waits in a selector, another thread may be the one that waits."""
    inner = '  File "/lib/python3.11/selectors.py", line 468 in select\n'
    found = from_faulthandler(STACKS.format(root=ROOT, main=inner), MAIN, ROOT)
    assert found == StackSample((), places((7, "count")))


def test_paths_that_faulthandler_escapes(tmp_path):
    """Paths with foreign letters, which faulthandler escapes, are mapped to this course."""
    root = tmp_path / "Kürs łódź 🦉"
    root.mkdir()
    escaped = str(root.resolve())
    for letter, code in (("ü", r"\xfc"), ("ł", r"\u0142"), ("ó", r"\xf3"), ("ź", r"\u017a")):
        escaped = escaped.replace(letter, code)
    text = STACKS.format(root=escaped.replace("🦉", r"\U0001f989"), main="")
    assert from_faulthandler(text, MAIN, root).busy == places((9, "index"))


@pytest.mark.parametrize("text", ["", "Timeout (0:00:02)!\n", "Fatal Python error: Aborted\n\n"])
def test_a_dump_without_stacks(text):
    """A dump without stacks gives an empty sample."""
    assert from_faulthandler(text, MAIN, ROOT) == StackSample()


def learners(source: str) -> dict[str, object]:
    """Run code as if it were the learner's, and return its names."""
    names: dict[str, object] = {}
    exec(compile(source, str(ROOT / FILE), "exec"), names)
    return names


WAITS = (
    "async def wait(event):\n    await event.wait()\n",
    "async def wait(event):\n    async for _ in steps(event):\n        pass\n"
    "async def steps(event):\n    await event.wait()\n    yield\n",
)


@pytest.mark.parametrize(("source", "line"), [(WAITS[0], (2, "wait")), (WAITS[1], (5, "steps"))])
async def test_where_a_task_waits(source, line):
    """The innermost line of a waiting task is found, through generators too."""
    event = asyncio.Event()
    wait = learners(source)["wait"]
    task = asyncio.create_task(wait(event))  # type: ignore[operator]
    await asyncio.sleep(0)
    found = stack_sampler.take_sample()
    event.set()
    await task
    assert (found.waiting[-1].number, found.waiting[-1].function) == line


async def test_a_sample_from_another_thread():
    """A sample that another thread takes has the busy lines of the main thread."""
    ready, found = threading.Event(), []
    source = "def work(ready, thread):\n    ready.set()\n    thread.join()\n"
    work = learners(source)["work"]

    def ask() -> None:
        ready.wait()
        found.append(stack_sampler.take_sample())

    thread = threading.Thread(target=ask)
    thread.start()
    work(ready, thread)  # type: ignore[operator]
    assert [line.function for line in found[0].busy][-1] == "work"


BUSY = StackSample(places((9, "index")), places((3, "tick")))
RESTING = StackSample((), places((3, "tick")))


@pytest.mark.parametrize(
    ("found", "still", "busy"),
    [
        ([BUSY, BUSY], True, True),
        ([BUSY, BUSY], False, False),  # the loop went on in between
        ([BUSY, RESTING], True, False),
        ([RESTING, RESTING], True, False),
    ],
)
def test_several_samples_are_combined(found, still, busy):
    """Code is busy when each sample found it busy and the event loop did not go on."""
    assert stack_sampler.combine(found, still) == (BUSY if busy else RESTING)


def test_code_that_is_busy_at_times():
    """Where no task waits, code that was busy in one of the samples counts as waiting."""
    looks = [StackSample(BUSY.busy), StackSample()]
    assert stack_sampler.combine(looks, still=False) == StackSample((), BUSY.busy)


def test_the_sampler_sends_samples():
    """The sampler thread sends samples before the deadline."""
    told = threading.Event()
    watch = stack_sampler.Sampler(lambda found: told.set(), 0.01)
    watch.start()
    assert told.wait(10)
    watch.join()
