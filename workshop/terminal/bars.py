"""The two rows at the bottom of the screen: how far the learner is, and the keys."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.terminal.keys import KEYS
from workshop.terminal.view import Sheet

GAP = "  "
OTHERS = {
    Sheet.LIST: ("Up/Down", "Enter open", "Esc back", "q quit"),
    Sheet.SOLUTION: ("Up/Down", "Esc back", "q quit"),
    Sheet.HELP: ("Up/Down", "Esc back", "q quit"),
}
"""What can be pressed where something lies over the verdict."""


def facts(found: Sequence[tuple[str, str]], width: int) -> str:
    """Return facts in words, the last ones in short where that is needed, as many as fit."""
    words = [long for long, _ in found]
    for at in range(len(words) - 1, -1, -1):
        if len(GAP.join(words)) > width:
            words[at] = found[at][1]
    return _fitting(words, width)


def keys(sheet: Sheet, width: int) -> str:
    """Return the line of keys, without those that are needed least where it would be too long."""
    if sheet in OTHERS:
        return _fitting(OTHERS[sheet], width)
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
