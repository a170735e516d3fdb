"""HTTP exchanges and stalls of a report, with the learner's lines that had a part in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """The differing part of an exchange: `part` is "status", "body" or a header's name."""

    part: str
    start: int = 0
    """First differing character within the part."""
    end: int = 0
    """One past the last differing character; 0 means the whole part."""


@dataclass(frozen=True, slots=True)
class Message:
    """One half of an HTTP exchange, as it went over the wire."""

    start: str
    """The request line or the status line."""
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    """Text; a few binary bytes are escaped, many are described in words."""
    size: int = 0
    """Bytes of the whole body."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the learner's file that had a part in it."""

    file: str
    """Path as the learner knows it, relative to the course's folder."""
    number: int
    function: str
    code: str
    """The line itself, without its indentation."""
    start: int = 0
    """First character of the part of `code` that was running."""
    end: int = 0
    """One past its last character; 0 means the whole line."""


@dataclass(frozen=True, slots=True)
class ServerHalf:
    """What the server did with a request."""

    route: str | None = None
    """The route that matched, such as "GET /greet/{name}"."""
    handler: str | None = None
    place: Line | None = None
    """Where the handler begins."""
    nearest: tuple[str, ...] = ()
    """After a 404 or 405: the routes that come closest."""
    middlewares: tuple[str, ...] = ()
    """Those that the request passed, outermost first."""
    error: str | None = None
    """The exception that left the handler, as "ValueError: …"."""
    traceback: tuple[Line, ...] = ()
    """Cut to the learner's lines, innermost last."""
    log: tuple[str, ...] = ()
    answered: Line | None = None
    """The line that made the answer, by `return` or by `raise`."""
    condition: Line | None = None
    """The `if`, `except` or `case` around that line."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message over a websocket."""

    sent: bool
    """True when the check sent it, False when the learner's server did."""
    kind: str
    data: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, its answer and what happened in between."""

    request: Message
    response: Message | None = None
    """None when no answer came."""
    server: ServerHalf | None = None
    curl: str = ""
    """A command that sends the same request again."""
    marks: tuple[Mark, ...] = ()
    frames: tuple[Frame, ...] = ()
    inner: bool = False
    """True for a request of the learner's own server, False for one of the check."""


@dataclass(frozen=True, slots=True)
class Stall:
    """The event loop stood still: for how many seconds, and on which line."""

    seconds: float
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """What a task did for a while, around a stall: it "runs", "waits" or "blocks" the loop."""

    row: str
    """The task, named after the function that it began with."""
    kind: str
    begin: float
    """Seconds since the picture begins."""
    end: float
