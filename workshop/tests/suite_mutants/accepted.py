"""The mutants that a suite may pass, each with a reason; the list can only shrink."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("accepted.toml")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A mutant that is equivalent to the solution, or that the task does not exclude."""

    exercise: str
    """The key of the exercise."""
    where: str
    """The text of the changed line."""
    was: str
    now: str
    why: str
    varies: bool = False
    """Whether the suite notices it on some machines; then it stays in the list all the same."""

    @property
    def name(self) -> tuple[str, str, str, str]:
        """The identity of its mutant."""
        return self.exercise, self.where, self.was, self.now


def read(file: Path = FILE) -> list[Accepted]:
    """Return the entries of the file, in order."""
    data = tomllib.loads(file.read_text("utf-8"))
    return [Accepted(**entry) for entry in data.get("accepted", [])]
