"""Orders and events between the checker and the process of a check, as lines of JSON."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from workshop.report import Begin, Check, Line, Outcome
from workshop.runner import events
from workshop.runner.messages import (
    EVENTS,
    ORDERS,
    End,
    Event,
    Job,
    Left,
    Order,
    Over,
    Place,
    Reached,
    Ready,
    Start,
    Trouble,
    WarmUp,
    event_line,
    order_line,
    read_event,
    read_order,
)
from workshop.runner.outcome import Heard
from workshop.runner.stack_sampler import Whereabouts

WORD = "0123456789abcdef"
PLACE = Place("/a/test_greet.py", "/tmp/a/greet.py", "/tmp/a", "/tmp/a/tmp", "/tmp/a/stack")
CHECK = Check("test_one", "It works.", Outcome.FAILED, "No.", ("look",), seconds=0.5)
LINE = Line("exercises/step01_hello/greet.py", 9, "index", "")
ALL_ORDERS: list[Order] = [
    WarmUp(PLACE, ("/a/greet.py", "/b/greet.py"), "/a"),
    Job(WORD, PLACE, 5.0, 2 * 1024**3, 1024, ("test_two",)),
    Job(WORD, Place("/\udcff", "", "", "", ""), 5.0, 1, 1),  # a path that is no UTF-8
]
ALL_EVENTS: list[Event] = [
    *(Ready(12), Start(12, 0x7F01), Begin("test_one[a]"), CHECK, Reached(), Over(3)),
    Whereabouts((LINE,), (LINE, LINE), "startup"),
    Trouble("stumbled", "ValueError: no"),
    Left(("A thread.", "A program.")),
    End("printed\n", (13, 14), 0.25),
]


@pytest.mark.parametrize("order", ALL_ORDERS)
def test_an_order_there_and_back(order: Order):
    """The process gets just what the checker sent, on one line of ASCII."""
    line = order_line(order)
    assert line.isascii()
    assert line.index(b"\n") == len(line) - 1
    assert read_order(line) == order


@pytest.mark.parametrize("event", ALL_EVENTS)
def test_an_event_there_and_back(event: Event):
    """The checker gets just what the process sent, on one line."""
    line = event_line(WORD, 7, event)
    assert line.index(b"\n") == len(line) - 1
    assert read_event(line, WORD) == (7, event)


def test_each_kind_is_tried():
    """The lists above have an order and an event of each kind."""
    assert {type(order) for order in ALL_ORDERS} == set(ORDERS.values())
    assert {type(event) for event in ALL_EVENTS} == set(EVENTS.values())


def test_half_letters_become_a_question_mark():
    """What is no UTF-8 is still an event."""
    assert read_event(event_line(WORD, 1, Left(("\ud800",))), WORD) == (1, Left(("?",)))


def test_the_word_is_not_shown():
    """A job that is printed, or stands in a traceback, does not give the word away."""
    assert WORD not in repr(ALL_ORDERS[1])


STRANGE = [
    b"",
    b"\n",
    b"hello\n",
    b"\xff\xfe\n",
    b"3\n",
    b"null\n",
    b"[]\n",
    b'["word"]\n',
    b"{}\n",
]
STRANGE += [b"[" * 100_000, b'{"word": "' + WORD.encode()]


@pytest.mark.parametrize("line", [*STRANGE, event_line("another word", 1, Reached())])
def test_a_line_without_the_word_is_no_event(line: bytes):
    """It is somebody else's: of a program, or of os.write."""
    assert read_event(line, WORD) is None


def signed(**data: Any) -> bytes:
    """Return a line with the word and something else."""
    return json.dumps({"word": WORD, **data}).encode() + b"\n"


WRONG = [
    signed(),
    signed(number=1),
    signed(number=1, kind="reached"),
    signed(number=1, kind="dance", what={}),
    signed(number=1, kind=[], what={}),
    signed(number=1, kind="job", what={}),
    signed(number=1, kind="reached", what=3),
    signed(number=1, kind="start", what={"process": "1", "thread": 2}),
    signed(number=1, kind="trouble", what={"kind": "dance", "text": ""}),
    signed(number=1, kind="left", what={"sentences": "one"}),
    signed(number=1, kind="check", what={"name": "test_one"}),
    signed(number=1, kind="end", what={"output": "", "pool": [True], "processor": 0.1}),
    signed(number="1", kind="reached", what={}),
    signed(number=2, kind="reached", what={}),
]
"""Lines with the word that are no event, or not the next one."""


async def heard(*lines: bytes) -> Heard:
    """Return what is heard of these lines."""
    stream = asyncio.StreamReader()
    stream.feed_data(b"".join(lines))
    stream.feed_eof()
    found = Heard()
    async with asyncio.timeout(60) as clock:
        await events._listen(stream, WORD, found, clock, 5.0)
    return found


@pytest.mark.parametrize("line", WRONG)
async def test_what_is_no_event_and_has_the_word(line: bytes):
    """Then no result can be trusted."""
    found = await heard(line, event_line(WORD, 2, CHECK))
    assert found.trouble
    assert found.trouble.kind == "garbled"
    assert found.checks == []


async def test_what_is_heard_of_a_suite():
    """Each event in its turn; what others write in between is ignored."""
    lines = [
        event_line(WORD, number, event)
        for number, event in enumerate([*ALL_EVENTS[1:5], *ALL_EVENTS[6:]], 1)
    ]
    found = await heard(
        b"hello\n", *lines[:2], *STRANGE[1:4], *lines[2:], event_line(WORD, 9, CHECK)
    )
    assert (found.process, found.main, found.running) == (12, 0x7F01, None)
    assert found.began is not None
    assert found.checks == [CHECK]
    assert found.reached
    assert found.whereabouts == ALL_EVENTS[6]
    assert found.trouble
    assert found.trouble.sentence.startswith("pytest stumbled")
    assert found.left == ["A thread.", "A program."]
    assert (found.output, found.pool, found.processor) == ("printed\n", [13, 14], 0.25)
    assert found.ended


async def test_a_suite_that_never_began():
    """pytest's own code says why, where nothing else does."""
    found = await heard(event_line(WORD, 1, Over(4)))
    assert found.trouble
    assert "pytest ended with code 4" in found.trouble.sentence
    assert not found.ended
