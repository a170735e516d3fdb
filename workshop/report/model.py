"""The report of an exercise and its checks: outcome, comparison, advice, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workshop.report.exchange import Exchange, Line, Span, Stall

FROM_COURSE = "steps/"
"""Files with this in front are not the learner's to mend."""
OPERATOR_WORDS = {"is": "must be", "is not": "must not be", "!=": "must not be"}
"""Operators in words; `<` and the like are well known."""


class Outcome(StrEnum):
    """How a check ended; the values are Exercism's words."""

    PASSED = "pass"
    FAILED = "fail"
    """An assertion of the suite failed: the code ran with a wrong result."""
    BROKEN = "error"
    """Another error came before an assertion of the suite."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A misconception that was recognised: what it is and what to do next."""

    key: str
    sentence: str
    action: str
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
        came, wanted = _truncated(self.came), _truncated(self.wanted)
        match self.operator:
            case "==":
                return f"{came} came, {wanted} was wanted."
            case "in":
                return f"{wanted} is not in what came: {came}."
            case "not in":
                return f"{wanted} must not be in what came: {came}."
            case "one of":
                return f"{came} came; one of {wanted} was wanted."
            case "none of":
                return f"{came} came; it must be none of {wanted}."
        must = OPERATOR_WORDS.get(self.operator, f"must be {self.operator}")
        return f"{came} came; it {must} {wanted}."


@dataclass(frozen=True, slots=True)
class Begin:
    """The check of this name begins."""

    name: str


@dataclass(frozen=True, slots=True)
class Check:
    """One question of a suite and its answer."""

    name: str
    """The test's name in the suite."""
    sentence: str
    """The test's docstring: what the learner's code must do."""
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
    """When the event loop stood still; a check may pass all the same."""
    spans: tuple[Span, ...] = ()
    """What the tasks did around the longest stall."""
    last: Line | None = None
    """The learner's line that gave what was compared, else what the check called last."""

    @property
    def passed(self) -> bool:
        """Whether this check is green."""
        return self.outcome is Outcome.PASSED

    @property
    def place(self) -> Line | None:
        """The learner's line to look at, None where no line of theirs had a part in it."""
        if self.advice and self.advice.line:
            return self.advice.line
        server = self.exchange.server if self.exchange else None
        known = [*self.traceback[-1:], *(server.traceback[-1:] if server else ())]
        known += [line for line in (server and server.answered, server and server.place) if line]
        known += [self.last] if self.last else []
        own = (line for line in known if not line.file.startswith(FROM_COURSE))
        return next(own, known[0] if known else None)

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
    source: str = ""
    """The SHA-256 of the file that was checked, in hex; "" where there was none to read."""
    place: Line | None = None
    """The learner's line that `message` is about, if it is about one."""

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


def _truncated(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[:most] + " …"
