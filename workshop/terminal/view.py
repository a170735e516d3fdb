"""The interface of a view of the watch, the keys, and the status lines that name both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Pane(StrEnum):
    """What a view can show."""

    VERDICT = "verdict"
    """The current exercise: its report, or its checks before there is one."""
    HINTS = "hints"
    """The same, and the reader is to see the hints."""
    LIST = "list"
    SOLUTION = "solution"
    HELP = "help"


class View(Protocol):
    """Whatever shows it: a screen, or lines."""

    def show(self, pane: Pane) -> None:
        """Show this, as it is now."""

    def refresh(self) -> None:
        """Show what came of a check, or that it began, wherever that is shown now."""

    def notify(self, text: str) -> None:
        """Show a sentence."""

    def close(self) -> None:
        """Show nothing more."""


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


GAP = "  "
OTHERS = {
    Pane.LIST: ("Up/Down", "Enter open", "Esc back", "q quit"),
    Pane.SOLUTION: ("Up/Down", "Esc back", "q quit"),
    Pane.HELP: ("Up/Down", "Esc back", "q quit"),
}
"""What can be pressed where something lies over the verdict."""


def status_line(facts: Sequence[tuple[str, str]], width: int) -> str:
    """Return facts in words, the last ones in short where that is needed, as many as fit."""
    words = [long for long, _ in facts]
    for at in range(len(words) - 1, -1, -1):
        if len(GAP.join(words)) > width:
            words[at] = facts[at][1]
    return _fitting(words, width)


def key_line(pane: Pane, width: int) -> str:
    """Return the line of keys, without those that are needed least where it would be too long."""
    if pane in OTHERS:
        return _fitting(OTHERS[pane], width)
    for rank in range(max(key.rank for key in KEYS), 0, -1):
        line = GAP.join(f"{key.letter} {key.word}" for key in KEYS if key.rank <= rank)
        if len(line) <= width:
            break
    return line[:width]


def _fitting(words: Sequence[str], width: int) -> str:
    """Return as many words as fit into a line, the first ones."""
    while len(words) > 1 and len(GAP.join(words)) > width:
        words = words[:-1]
    return GAP.join(words)[:width]
