"""The interface of a view of the watch, the keys, and the status lines that name both."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

SIGNALS = ("SIGTERM", "SIGHUP")


class Pane(StrEnum):
    """The panes of a view."""

    VERDICT = "verdict"
    """The report on the current exercise, or its checks without outcomes."""
    HINTS = "hints"
    """The same, scrolled to the hints."""
    LIST = "list"
    SOLUTION = "solution"
    HELP = "help"


class View(Protocol):
    """The interface of the views of the watch: WatchScreen and PlainView."""

    def show(self, pane: Pane) -> None:
        """Show a pane."""

    def refresh(self) -> None:
        """Show the start or the report of a check, if the current pane has it."""

    def notify(self, text: str) -> None:
        """Show a message."""

    def close(self) -> None:
        """End the view."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the watch; PlainView needs Enter after it."""

    letter: str
    word: str
    """The word for the line of keys."""
    says: str
    """The sentence for the help."""
    rank: int
    """The rank in a line that is too long for the terminal: the highest is left out first."""


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
"""All keys, in the order of the line."""


GAP = "  "
OTHERS = {
    Pane.LIST: ("Up/Down", "Enter open", "Esc back", "q quit"),
    Pane.SOLUTION: ("Up/Down", "Esc back", "q quit"),
    Pane.HELP: ("Up/Down", "Esc back", "q quit"),
}
"""The keys of the other panes."""


def status_line(facts: Sequence[tuple[str, str]], width: int) -> str:
    """Return facts as one line; in a narrow line the last ones are short, or left out."""
    words = [long for long, _ in facts]
    for at in range(len(words) - 1, -1, -1):
        if len(GAP.join(words)) > width:
            words[at] = facts[at][1]
    return _fitting(words, width)


def key_line(pane: Pane, width: int) -> str:
    """Return the line of keys for a pane; keys of the highest ranks are left out first."""
    if pane in OTHERS:
        return _fitting(OTHERS[pane], width)
    for rank in range(max(key.rank for key in KEYS), 0, -1):
        line = GAP.join(f"{key.letter} {key.word}" for key in KEYS if key.rank <= rank)
        if len(line) <= width:
            break
    return line[:width]


def _fitting(words: Sequence[str], width: int) -> str:
    """Return the first words, as many as fit into a line."""
    while len(words) > 1 and len(GAP.join(words)) > width:
        words = words[:-1]
    return GAP.join(words)[:width]


@contextlib.contextmanager
def ended_by_signals(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` on SIGTERM or SIGHUP inside the block; on Windows, do nothing."""
    loop = asyncio.get_running_loop()
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    with contextlib.suppress(NotImplementedError):
        for number in numbers:
            loop.add_signal_handler(number, end)
    try:
        yield
    finally:
        with contextlib.suppress(NotImplementedError):
            for number in numbers:
                loop.remove_signal_handler(number)
