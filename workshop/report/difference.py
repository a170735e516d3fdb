"""A comparison that failed: what came, what was wanted, where they differ."""

from __future__ import annotations

from dataclasses import dataclass

MUST = {"is": "must be", "is not": "must not be", "!=": "must not be"}
"""Operators in words; `<` and the like are well known."""


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
            case "one of":
                return f"{came} came; one of {wanted} was wanted."
            case "none of":
                return f"{came} came; it must be none of {wanted}."
        return f"{came} came; it {MUST.get(self.operator, f'must be {self.operator}')} {wanted}."


def _cut(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[:most] + " …"
