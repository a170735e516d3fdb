"""Dataclasses of all JSON between server and page; the front end's `wire.ts` has the same types.

Events go over the websocket, each with its `kind`; all else are bodies of requests and responses.
A report has the keys that `workshop.report.encode` gives it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from workshop.apps.app_process import ProcessState
from workshop.report import Exchange, Outcome, Report

Made = TypeVar("Made")


def extended(kind: type[Made], base: Any, /, **more: object) -> Made:
    """Return a dataclass that has the fields of another one, and more."""
    fields = dataclasses.fields(base)
    return kind(**{field.name: getattr(base, field.name) for field in fields}, **more)


# The course, its exercises and apps


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseFacts:
    """An exercise in short."""

    key: str
    name: str
    step: str
    title: str
    number: int
    minutes: int
    when: str
    done: bool
    """Whether the exercise has passed once."""
    passes: bool
    """Whether the file with its present content has passed."""
    checks: int
    """How often the exercise was checked."""
    outcome: Outcome | None
    passed: int
    of: int
    page: str
    file: str
    is_app: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """A step in short."""

    label: str
    folder: str
    title: str
    page: str
    app: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppFacts:
    """An app in short."""

    name: str
    address: str | None
    state: ProcessState


@dataclass(frozen=True, slots=True, kw_only=True)
class AppState(AppFacts):
    """All about an app."""

    port: int | None
    log: tuple[str, ...]
    printed: int
    """How many lines the app has printed by now."""
    framed: bool | None
    """False when the app lets no page show it in a frame; None while that is not known."""
    notice: str | None
    """Why an older version of the app still runs: the last save cannot be loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseState:
    """The course and the learner's progress; `State` in the front end."""

    exercises: tuple[ExerciseFacts, ...]
    steps: tuple[StepFacts, ...]
    next: str | None
    notice: str | None
    apps: tuple[AppFacts, ...]
    """The apps that run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Content and version of a file on disk."""

    content: str | None
    """None when the file is no UTF-8 text."""
    version: str | None
    """None when the file does not exist."""
    notice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The file of a step that an exercise builds on."""

    title: str
    file: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A copy that was kept of a learner's file; `when` is UTC in ISO 8601."""

    name: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseState(Disk):
    """All about an exercise."""

    key: str
    file: str
    stub: str
    previous: Previous | None
    report: Report | None
    hints: dict[str, tuple[str, ...]]
    """Hints that were taken, by the check's name."""
    hints_left: dict[str, int]
    solution: str | None
    earned: bool
    kept: tuple[Kept, ...]


# Events


@dataclass(frozen=True, slots=True, kw_only=True)
class StateEvent(CourseState):
    """The whole state: to a page that connects, or to all pages when progress was taken over."""

    kind: Literal["state", "progress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedEvent(Disk):
    """The content of a learner's file has changed."""

    kind: Literal["saved"] = "saved"
    key: str
    passes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckingEvent:
    """The checks of an exercise begin."""

    kind: Literal["checking"] = "checking"
    key: str
    version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEvent:
    """The checks of an exercise have ended."""

    kind: Literal["report"] = "report"
    key: str
    version: str | None
    """The version of the file that was checked."""
    report: Report
    done: bool
    passes: bool
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeEvent:
    """A sentence about an exercise."""

    kind: Literal["notice"] = "notice"
    key: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppEvent(AppState):
    """The state of an app has changed."""

    kind: Literal["app"] = "app"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEvent:
    """An app has printed lines; `printed` counts all of its lines, these included."""

    kind: Literal["log"] = "log"
    name: str
    lines: tuple[str, ...]
    printed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ByeEvent:
    """The course ends."""

    kind: Literal["bye"] = "bye"


@dataclass(frozen=True, slots=True, kw_only=True)
class PongEvent:
    """The answer to a ping."""

    kind: Literal["pong"] = "pong"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorEvent:
    """The error in a message of the page."""

    kind: Literal["error"] = "error"
    message: str


CourseEvent = (
    StateEvent
    | SavedEvent
    | CheckingEvent
    | ReportEvent
    | NoticeEvent
    | AppEvent
    | LogEvent
    | ByeEvent
    | PongEvent
    | ErrorEvent
)


# What a page sends


@dataclass(frozen=True, slots=True)
class ClientMessage:
    """A message of the page over the websocket: its kind, and the key of an exercise."""

    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """The one-time code of an address that the terminal prints."""

    code: str


@dataclass(frozen=True, slots=True)
class Save:
    """The new content of a file, and the version that it replaces."""

    content: str
    version: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """The version of a file that the page has seen, or that the file has now."""

    version: str | None


@dataclass(frozen=True, slots=True)
class Restore:
    """The name of a kept copy."""

    kept: str


@dataclass(frozen=True, slots=True)
class HintFor:
    """The name of a check."""

    check: str


@dataclass(frozen=True, slots=True)
class AppRequest:
    """A request to an app, as the learner typed it."""

    app: str
    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""


# What a page receives


@dataclass(frozen=True, slots=True)
class Token:
    """The secret of this start of the course."""

    token: str


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints for a check that were taken, and how many are left."""

    hints: tuple[str, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Solution:
    """The text of a solution."""

    content: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file that was replaced, and the name of the copy of what it held, if one was kept."""

    content: str | None
    version: str | None
    kept: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentExchange(Exchange):
    """A request that the course sent to an app."""

    seconds: float


@dataclass(frozen=True, slots=True)
class AppResult:
    """The exchange with an app; `error` is the reason when there is no response."""

    exchange: SentExchange | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Extra data of an error: the file has another version by now."""

    content: str | None
    version: str | None


@dataclass(frozen=True, slots=True)
class Unearned:
    """Extra data of an error: a second request returns the solution."""

    asked: int = 1
