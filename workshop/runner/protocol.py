"""The protocol between the checker and a worker process: one line of JSON per message.

The checker sends commands: a `WarmUp` and a `Job`, or a `Job` alone. The worker sends events, each
with a number and the token of the job; before there is a job, the token is "".
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
"""The kind of a failure that is not the learner's fault; its text says what happened."""
CUT_OFF = 91
"""Exit code of a worker whose pipe to the checker was closed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Paths of a suite and of the copies that it tests, as strings."""

    suite: str
    file: str
    """The copy of the learner's file."""
    folder: str
    """The folder of that copy; the working directory of the checks."""
    temporary: str
    """The folder for temporary files."""
    stack: str
    """The file for the stacks that faulthandler writes when the time is up."""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Command: run the suite on these sources, collect it, and wait for a job."""

    place: Place
    sources: tuple[str, ...]
    """Paths of the solution and the stub."""
    solutions: str
    """The folder of the step's solutions."""


@dataclass(frozen=True, slots=True)
class Job:
    """Command: run a suite, within limits."""

    token: str = field(repr=False)
    """The secret that each event carries."""
    place: Place
    seconds: float
    """From the first line of the learner's code to the last check."""
    memory: int
    """Bytes of address space."""
    reserve: int
    """Bytes that may be taken beyond `memory` after a failure, to report it."""
    deselected: tuple[str, ...] = ()
    """Names of the test functions that another worker runs."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Event: a warm worker has collected the suite and waits for a job."""

    process: int


@dataclass(frozen=True, slots=True)
class Start:
    """Event: the learner's code begins to run in this process and this thread (ids)."""

    process: int
    thread: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Event: something stopped the suite."""

    kind: Literal["Course", "interrupt", "stumbled"]
    text: str


@dataclass(frozen=True, slots=True)
class Unguarded:
    """Event: the learner's code does what no audit hook can follow, such as starting a program."""


@dataclass(frozen=True, slots=True)
class Violations:
    """Event: sentences about what the learner's code left behind, or changed in the process."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """Event: the suite has come to its end."""

    output: str
    """What was printed outside every check."""
    pool: tuple[int, ...]
    """Ids of the processes of concurrent.futures, which end by themselves."""
    processor: float
    """Seconds of processor time that the suite took."""


@dataclass(frozen=True, slots=True)
class PytestExit:
    """Event: pytest has returned this exit code; after an `End` it is not read."""

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
    """Return the line of a command, in ASCII, so that a path of undecodable bytes survives."""
    return json.dumps(_data(command)).encode() + b"\n"


def decode_command(line: bytes) -> Command:
    """Return the command on a line; raises ValueError when it is none."""
    data = json.loads(line)
    return decode(data["what"], COMMANDS[data["kind"]])


def encode_event(token: str, number: int, event: Event) -> bytes:
    """Return the line of an event, in UTF-8."""
    data = {"token": token, "number": number, **_data(event)}
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def decode_event(line: bytes, token: str) -> tuple[int, Event] | None:
    """Return the number and the event on a line, or None for a line without the token.

    Raises ValueError for a line that has the token and is no event.
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
    """The worker's end of the pipes: receives commands, sends events.

    Standard input and output are moved to descriptors that `input` and `print` do not use.
    """

    def __init__(self) -> None:
        self._commands = os.fdopen(os.dup(0), "rb")
        self._events = os.dup(1)
        os.dup2(2, 1)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        self._lock = threading.Lock()
        self._pid = 0
        self._number = 0
        self._token = ""

    def receive(self) -> Command | None:
        """Wait for the next command; return None when the checker has closed the pipe.

        Raises ValueError for a line that is no command.
        """
        line = self._commands.readline()
        return decode_command(line) if line else None

    def send_ready(self) -> None:
        """Send a `Ready`; only before `open`."""
        os.write(self._events, encode_event("", 0, Ready(os.getpid())))

    def open(self, token: str) -> None:
        """Close the input and allow `send`, from this process only: a fork of it sends nothing."""
        self._commands.close()
        self._token, self._pid = token, os.getpid()

    def send(self, event: Event) -> None:
        """Send an event; end the process with `CUT_OFF` when the pipe was closed."""
        if os.getpid() != self._pid:
            return
        with self._lock:
            self._number += 1
            data = encode_event(self._token, self._number, event)
            try:
                while data:
                    data = data[os.write(self._events, data) :]
            except OSError:
                os._exit(CUT_OFF)
