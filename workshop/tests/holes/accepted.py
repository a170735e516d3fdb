"""The faults that a suite may let pass, each with the reason: a list that can only shrink."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("accepted.toml")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A fault that is none, or none that the task speaks of."""

    exercise: str
    """The key of the exercise."""
    where: str
    """The line of the solution on which it is."""
    was: str
    now: str
    why: str

    @property
    def name(self) -> tuple[str, str, str, str]:
        """As a mutant is called."""
        return self.exercise, self.where, self.was, self.now


def read(file: Path = FILE) -> list[Accepted]:
    """Return the list, in order."""
    data = tomllib.loads(file.read_text("utf-8"))
    return [Accepted(**entry) for entry in data.get("accepted", [])]
