"""What a view of the watch can be asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Sheet(StrEnum):
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

    def show(self, sheet: Sheet) -> None:
        """Show this, as it is now."""

    def changed(self) -> None:
        """Show what came of a check, or that it began, wherever that is shown now."""

    def say(self, text: str) -> None:
        """Show a sentence."""

    def end(self) -> None:
        """Show nothing more."""
