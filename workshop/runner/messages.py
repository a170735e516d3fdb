"""What the checker and the process of a check send each other: a line of JSON for each message.

The checker sends a `WarmUp` and a `Job`, or a `Job` alone. The process sends events, each with a
number and the word of the job; before there is a job, the word is "".
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from workshop.report import Begin, Check, decode, encode
from workshop.runner.stack_sampler import StackSample

COURSE: Literal["Course"] = "Course"
"""The kind of trouble that is not the learner's fault; its text says all."""
CUT_OFF = 91
"""Exit code of a sandbox that cannot tell anything any more."""


@dataclass(frozen=True, slots=True)
class Place:
    """Paths of a suite and of the files that it asks."""

    suite: str
    file: str
    """The copy of the learner's file."""
    folder: str
    """Where that copy lies, and where the checks run."""
    temporary: str
    stack: str
    """The file for the stacks that faulthandler writes when the time is up."""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Run the suite on sources of the course's own, collect it, and wait for a job."""

    place: Place
    sources: tuple[str, ...]
    solutions: str
    """The folder of the step's solutions."""


@dataclass(frozen=True, slots=True)
class Job:
    """Run a suite, within limits."""

    token: str = field(repr=False)
    """The secret that each event carries."""
    place: Place
    seconds: float
    """From the first line of the learner's code to the last check."""
    memory: int
    """Bytes of address space."""
    reserve: int
    """Bytes beyond them once something failed, so that it can be told."""
    deselected: tuple[str, ...] = ()
    """Names of checks that another process asks."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Nothing but a job is missing."""

    process: int


@dataclass(frozen=True, slots=True)
class Start:
    """The learner's code begins to run."""

    process: int
    thread: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something stopped the suite."""

    kind: Literal["Course", "interrupt", "stumbled"]
    text: str


@dataclass(frozen=True, slots=True)
class Unguarded:
    """The learner's code has a way past the guards, such as a program."""


@dataclass(frozen=True, slots=True)
class Violations:
    """Sentences about what the learner's code left behind, or changed in the process."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The suite has come to its end."""

    output: str
    """What was printed outside every check."""
    pool: tuple[int, ...]
    """Processes of concurrent.futures, which end by themselves."""
    processor: float
    """Seconds of processor time that the suite took."""


@dataclass(frozen=True, slots=True)
class PytestExit:
    """pytest has returned; after an `End` nobody reads it."""

    code: int


Command = WarmUp | Job
Event = (
    Ready
    | Start
    | Begin
    | Check
    | StackSample
    | Trouble
    | Unguarded
    | Violations
    | End
    | PytestExit
)


def _by_name(union: Any) -> dict[str, Any]:
    return {kind.__name__.lower(): kind for kind in get_args(union)}


COMMANDS: dict[str, type[Command]] = _by_name(Command)
EVENTS: dict[str, type[Event]] = _by_name(Event)
NAMES: dict[type[Command | Event], str] = {kind: name for name, kind in (COMMANDS | EVENTS).items()}


def encode_command(command: Command) -> bytes:
    """Return an order as it goes to the process: in ASCII, which any path survives."""
    return json.dumps(_data(command)).encode() + b"\n"


def decode_command(line: bytes) -> Command:
    """Return the order that a line holds; raises ValueError."""
    data = json.loads(line)
    return decode(data["what"], COMMANDS[data["kind"]])


def encode_event(token: str, number: int, event: Event) -> bytes:
    """Return an event as it goes to the checker."""
    data = {"token": token, "number": number, **_data(event)}
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def decode_event(line: bytes, token: str) -> tuple[int, Event] | None:
    """Return the number and the event that a line holds, or None for a line without the word.

    Raises ValueError for one that has the word and is no event.
    """
    try:
        data = json.loads(line)
        if data["token"] != token:
            return None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    try:
        number, kind, what = data["number"], EVENTS[data["kind"]], data["what"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an event: {error!r}") from error
    return number, decode(what, kind)


def _data(message: Command | Event) -> dict[str, object]:
    return {"kind": NAMES[type(message)], "what": encode(message)}


class Channel:
    """Lines of JSON: orders come in; events go out, each with the job's word and a number."""

    def __init__(self) -> None:
        self._in = os.fdopen(os.dup(0), "rb")
        self._pipe = os.dup(1)
        os.dup2(2, 1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        self._lock = threading.Lock()
        self._pid = 0
        self._number = 0
        self._word = ""

    def receive(self) -> Command | None:
        """Wait for what the checker says next; None when it is gone."""
        line = self._in.readline()
        return decode_command(line) if line else None

    def ready(self) -> None:
        """Say that nothing but a job is missing; before `open` only."""
        os.write(self._pipe, encode_event("", 0, Ready(os.getpid())))

    def open(self, token: str) -> None:
        """Begin to tell, from this process only: a forked copy of it stays silent.

        Nothing more is heard.
        """
        self._in.close()
        self._word, self._pid = token, os.getpid()

    def send(self, event: Event) -> None:
        """Send an event; ends the process when the channel was closed under it."""
        if os.getpid() != self._pid:
            return
        with self._lock:
            self._number += 1
            left = encode_event(self._word, self._number, event)
            try:
                while left:
                    left = left[os.write(self._pipe, left) :]
            except OSError:
                os._exit(CUT_OFF)
