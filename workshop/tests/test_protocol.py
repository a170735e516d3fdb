"""Commands and events between the checker and a worker, as lines of JSON."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from workshop.report import Begin, Check, Line, Outcome
from workshop.runner import events
from workshop.runner.protocol import (
    COMMANDS,
    EVENTS,
    Command,
    End,
    Event,
    Job,
    Place,
    PytestExit,
    Ready,
    Start,
    Trouble,
    Unguarded,
    Violations,
    WarmUp,
    decode_command,
    decode_event,
    encode_command,
    encode_event,
)
from workshop.runner.run_state import RunState
from workshop.runner.stack_sampler import StackSample

TOKEN = "0123456789abcdef"
PLACE = Place("/a/test_greet.py", "/tmp/a/greet.py", "/tmp/a", "/tmp/a/tmp", "/tmp/a/stack")
CHECK = Check("test_one", "It works.", Outcome.FAILED, "No.", ("look",), seconds=0.5)
LINE = Line("exercises/step01_hello/greet.py", 9, "index", "")
ALL_COMMANDS: list[Command] = [
    WarmUp(PLACE, ("/a/greet.py", "/b/greet.py"), "/a"),
    Job(TOKEN, PLACE, 5.0, 2 * 1024**3, 1024, ("test_two",)),
    Job(TOKEN, Place("/\udcff", "", "", "", ""), 5.0, 1, 1),  # a path that is no UTF-8
]
ALL_EVENTS: list[Event] = [
    *(Ready(12), Start(12, 0x7F01), Begin("test_one[a]"), CHECK, Unguarded(), PytestExit(3)),
    StackSample((LINE,), (LINE, LINE), "startup"),
    Trouble("stumbled", "ValueError: no"),
    Violations(("A thread.", "A program.")),
    End("printed\n", (13, 14), 0.25),
]


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_a_command_round_trips(command: Command):
    """A command is encoded as one line of ASCII, and decoded to an equal one."""
    line = encode_command(command)
    assert line.isascii()
    assert line.index(b"\n") == len(line) - 1
    assert decode_command(line) == command


@pytest.mark.parametrize("event", ALL_EVENTS)
def test_an_event_round_trips(event: Event):
    """An event is encoded as one line, and decoded to an equal one."""
    line = encode_event(TOKEN, 7, event)
    assert line.index(b"\n") == len(line) - 1
    assert decode_event(line, TOKEN) == (7, event)


def test_each_type_of_message_is_tested():
    """The lists above have a command and an event of each type."""
    assert {type(command) for command in ALL_COMMANDS} == set(COMMANDS.values())
    assert {type(event) for event in ALL_EVENTS} == set(EVENTS.values())


def test_a_lone_surrogate_becomes_a_question_mark():
    """An event with a lone surrogate is sent with a question mark in its place."""
    assert decode_event(encode_event(TOKEN, 1, Violations(("\ud800",))), TOKEN) == (
        1,
        Violations(("?",)),
    )


def test_the_token_is_not_in_the_repr():
    """A job that is printed, or shown in a traceback, does not contain the token."""
    assert TOKEN not in repr(ALL_COMMANDS[1])


STRANGE = [
    b"",
    b"\n",
    b"hello\n",
    b"\xff\xfe\n",
    b"3\n",
    b"null\n",
    b"[]\n",
    b'["token"]\n',
    b"{}\n",
]
STRANGE += [b"[" * 100_000, b'{"token": "' + TOKEN.encode()]


@pytest.mark.parametrize("line", [*STRANGE, encode_event("another word", 1, Unguarded())])
def test_a_line_without_the_token_is_no_event(line: bytes):
    """A line without the token comes from another writer, such as os.write, and is no event."""
    assert decode_event(line, TOKEN) is None


def signed(**data: Any) -> bytes:
    """Return a line with the token and other data."""
    return json.dumps({"token": TOKEN, **data}).encode() + b"\n"


WRONG = [
    signed(),
    signed(number=1),
    signed(number=1, kind="unguarded"),
    signed(number=1, kind="dance", what={}),
    signed(number=1, kind=[], what={}),
    signed(number=1, kind="job", what={}),
    signed(number=1, kind="unguarded", what=3),
    signed(number=1, kind="start", what={"process": "1", "thread": 2}),
    signed(number=1, kind="trouble", what={"kind": "dance", "text": ""}),
    signed(number=1, kind="violations", what={"sentences": "one"}),
    signed(number=1, kind="check", what={"name": "test_one"}),
    signed(number=1, kind="end", what={"output": "", "pool": [True], "processor": 0.1}),
    signed(number="1", kind="unguarded", what={}),
    signed(number=2, kind="unguarded", what={}),
]
"""Lines with the word that are no event, or not the next one."""


async def received(*lines: bytes) -> RunState:
    """Return what is heard of these lines."""
    stream = asyncio.StreamReader()
    stream.feed_data(b"".join(lines))
    stream.feed_eof()
    found = RunState()
    async with asyncio.timeout(60) as clock:
        await events.receive(stream, TOKEN, found, clock, 5.0)
    return found


@pytest.mark.parametrize("line", WRONG)
async def test_a_wrong_line_with_the_token(line: bytes):
    """A line with the token that is no event, or not the next one, ends the run as garbled."""
    found = await received(line, encode_event(TOKEN, 2, CHECK))
    assert found.reason
    assert found.reason.kind == "garbled"
    assert found.checks == []


async def test_events_are_entered_in_the_state():
    """Each event is entered in the run state; lines of other writers in between are ignored."""
    lines = [
        encode_event(TOKEN, number, event)
        for number, event in enumerate([*ALL_EVENTS[1:5], *ALL_EVENTS[6:]], 1)
    ]
    found = await received(
        b"hello\n", *lines[:2], *STRANGE[1:4], *lines[2:], encode_event(TOKEN, 9, CHECK)
    )
    assert (found.process, found.main_thread, found.running) == (12, 0x7F01, None)
    assert found.started_at is not None
    assert found.checks == [CHECK]
    assert found.unguarded
    assert found.sample == ALL_EVENTS[6]
    assert found.reason
    assert found.reason.sentence.startswith("pytest stumbled")
    assert found.violations == ["A thread.", "A program."]
    assert (found.output, found.pool, found.processor) == ("printed\n", [13, 14], 0.25)
    assert found.ended


async def test_a_suite_that_never_started():
    """pytest's exit code is the reason when a suite ends without any other."""
    found = await received(encode_event(TOKEN, 1, PytestExit(4)))
    assert found.reason
    assert "pytest ended with code 4" in found.reason.sentence
    assert not found.ended
