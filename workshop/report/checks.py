"""What is known after a check: frozen data, the same for the terminal, the page and the instructor.

The JSON form is a superset of Exercism's results, version 3: whatever reads those can read these
(https://exercism.org/docs/building/tooling/test-runners/interface).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import cattrs

VERSION = 3
CARRIED = "workshop"
"""The attribute by which a report of pytest carries a check, as JSON, to another process."""
OUTPUT_LIMIT = 500
"""Characters of a learner's own output that a check keeps (Exercism's limit)."""
BODY_LIMIT = 4_000
"""Characters of an HTTP body that an exchange keeps."""
PARTS_LIMIT = 8
"""Places in which two structures differ that a difference names."""


class Outcome(StrEnum):
    """How a check ended; the values are Exercism's words."""

    PASSED = "pass"
    FAILED = "fail"
    """An assertion spoke: the code ran and did something else."""
    BROKEN = "error"
    """The check never got as far as asking."""


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
    """Text; bytes that are no text are escaped; at most `BODY_LIMIT` characters."""
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
    """True when the learner's own server asked somebody else, False when the check asked it."""


@dataclass(frozen=True, slots=True)
class Stall:
    """The event loop stood still: for how many seconds, and on which line."""

    seconds: float
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One place in which two structures differ."""

    where: str
    """The way to it, as Python writes it: `[0]["title"]`."""
    came: str | None
    """None when there is nothing at this place."""
    wanted: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The comparison that failed: `came` is what the learner's code gave.

    Both are written as Python writes them, text in double quotes, nothing unprintable in them;
    what is longer than `BODY_LIMIT` is cut around the first difference.
    """

    operator: str
    came: str
    wanted: str
    start: int = 0
    """First character that differs, in both; of use for "==" only."""
    came_end: int = 0
    """One past the last that differs in `came`."""
    wanted_end: int = 0
    """One past the last that differs in `wanted`."""
    parts: tuple[Part, ...] = ()
    """Where two dicts or lists differ, at most `PARTS_LIMIT` places; empty for anything else."""

    @property
    def sentence(self) -> str:
        """The comparison in words."""
        came, wanted = _cut(self.came), _cut(self.wanted)
        match self.operator:
            case "==":
                return f"{came} came, {wanted} was wanted."
            case "in":
                return f"{wanted} is not in what came: {came}."
            case "not in":
                return f"{wanted} must not be in what came: {came}."
        return f"{came} came; it must be {self.operator} {wanted}."


@dataclass(frozen=True, slots=True)
class Advice:
    """A misconception that was recognised: what it is and what to do next."""

    key: str
    sentence: str
    action: str
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One question of a suite and its answer."""

    name: str
    """The test's name in the suite."""
    sentence: str
    """What was asked: the test's docstring."""
    outcome: Outcome
    message: str | None = None
    """What came instead, in a sentence or a few; None when it passed."""
    hints: tuple[str, ...] = ()
    output: str = ""
    """What the learner's code printed, at most `OUTPUT_LIMIT` characters."""
    seconds: float = 0.0
    code: str = ""
    """The source of the check itself."""
    difference: Difference | None = None
    advice: Advice | None = None
    exchanges: tuple[Exchange, ...] = ()
    traceback: tuple[Line, ...] = ()
    stalls: tuple[Stall, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether this check is green."""
        return self.outcome is Outcome.PASSED

    @property
    def exchange(self) -> Exchange | None:
        """The exchange to look at: the last with a mark, else the last of the check's own."""
        marked = (e for e in reversed(self.exchanges) if e.marks)
        return next(marked, next((e for e in reversed(self.exchanges) if not e.inner), None))


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on one exercise."""

    step: str
    exercise: str
    outcome: Outcome
    checks: tuple[Check, ...] = ()
    message: str | None = None
    """Why the whole exercise is broken; None when the checks speak for themselves."""
    advice: Advice | None = None
    output: str = ""
    """What was printed outside every check, on import for example."""
    seconds: float = 0.0
    """From the start of the checks to the verdict, without starting Python."""

    @property
    def passed(self) -> bool:
        """Whether the exercise is done."""
        return self.outcome is Outcome.PASSED

    @property
    def first_trouble(self) -> Check | None:
        """The first check that did not pass: the one to look at."""
        return next((check for check in self.checks if not check.passed), None)


def verdict(checks: tuple[Check, ...]) -> Outcome:
    """Return the outcome of a whole exercise: broken before failed before passed.

    An exercise without checks is broken.
    """
    outcomes = {check.outcome for check in checks}
    if not outcomes or Outcome.BROKEN in outcomes:
        return Outcome.BROKEN
    return Outcome.FAILED if Outcome.FAILED in outcomes else Outcome.PASSED


def _cut(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[:most] + " …"


def to_data(value: Report | Check) -> dict[str, Any]:
    """Return plain dicts, lists, strings and numbers, with Exercism's keys in place of ours."""
    data: dict[str, Any] = cattrs.unstructure(value)
    if isinstance(value, Report):
        checks = data.pop("checks")
        return {
            "version": VERSION,
            "status": data.pop("outcome"),
            "message": data.pop("message"),
            "tests": [_exercism(check) for check in checks],
            **data,
        }
    return _exercism(data)


def _exercism(check: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": check.pop("name"),
        "status": check.pop("outcome"),
        "message": check.pop("message"),
        "output": check.pop("output"),
        "test_code": check.pop("code"),
        **check,
    }


def to_json(report: Report) -> str:
    """Return the report as one line of JSON, which can be written as UTF-8 whatever it holds."""
    text = json.dumps(to_data(report), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # half of a letter: its escape


def check_from_data(data: dict[str, Any]) -> Check:
    """Return the check that `to_data` took apart; raises ValueError on anything else."""
    ours = {key: value for key, value in data.items() if key not in {"status", "test_code"}}
    try:
        return cattrs.structure(
            {**ours, "outcome": data["status"], "code": data["test_code"]}, Check
        )
    except (KeyError, TypeError, cattrs.BaseValidationError) as error:
        raise ValueError(f"not a check: {error!r}") from error


def from_json(text: str) -> Report:
    """Return the report that `to_json` wrote; raises ValueError on anything else."""
    try:
        data = json.loads(text)
        checks = tuple(check_from_data(check) for check in data["tests"])
        rest = {k: v for k, v in data.items() if k not in {"version", "status", "tests"}}
        report = cattrs.structure({**rest, "outcome": data["status"]}, Report)
    except (KeyError, TypeError, AttributeError, cattrs.BaseValidationError) as error:
        raise ValueError(f"not a report: {error!r}") from error
    return replace(report, checks=checks)
