"""The keys of the watch screen, and what each does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A letter to press, or to type and send with Enter in plain mode."""

    letter: str
    word: str
    """What it does, in a word, for the line of keys."""
    says: str
    """What it does, for the help."""
    rank: int
    """The lowest stays longest where the line of keys is too long for the terminal."""


KEYS = (
    Key("n", "next", "the next exercise that is not done", 2),
    Key("h", "hint", "one more hint for the first check that does not pass", 1),
    Key("l", "list", "all exercises, to choose another", 2),
    Key("c", "check", "check now; saving the file does it as well", 3),
    Key("x", "solution", "the solution, once you have passed, or if you ask again", 4),
    Key("r", "reset", "the file as it was handed out; asks first, and keeps a copy of yours", 4),
    Key("?", "help", "these lines", 1),
    Key("q", "quit", "leave; Ctrl-C does it as well", 1),
)
"""In the order in which they are shown."""
