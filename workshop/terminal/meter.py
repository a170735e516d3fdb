"""How far something is that takes long."""

from __future__ import annotations

from workshop.terminal.page import Page

PARTS = 4
"""Where no line can be written over, so often it is said."""


class Meter:
    """Says how far it is: on one line of a terminal, elsewhere in a few lines."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._part = 0

    def __call__(self, percent: int, what: str) -> None:
        """Say that so much is done (of 100), and what comes now."""
        if self._page.console.is_terminal:
            self._over(f"  {percent:3} %  {what}")
        elif (part := percent * PARTS // 100) > self._part:
            self._part = part
            self._page.line(f"{percent} %  {what}", indent=2)

    def end(self) -> None:
        """Leave no trace on a terminal."""
        if self._page.console.is_terminal:
            self._over("")
            self._page.console.file.write("\r")

    def _over(self, text: str) -> None:
        """Write over the line where the cursor stands."""
        width = self._page.width - 1
        file = self._page.console.file
        file.write(f"\r{self._page.clean(text)[:width]:<{width}}")
        file.flush()
