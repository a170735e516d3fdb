"""A page that keeps its rows, and rows as prompt_toolkit paints them."""

from __future__ import annotations

import io
from itertools import accumulate

from prompt_toolkit.formatted_text import StyleAndTextTuples
from rich.cells import chop_cells
from rich.color import Color, ColorType
from rich.console import Console
from rich.style import Style
from rich.text import Text

from workshop.terminal.page import Page

NAMES = (
    *("ansiblack", "ansired", "ansigreen", "ansiyellow"),
    *("ansiblue", "ansimagenta", "ansicyan", "ansigray"),
    *("ansibrightblack", "ansibrightred", "ansibrightgreen", "ansibrightyellow"),
    *("ansibrightblue", "ansibrightmagenta", "ansibrightcyan", "ansiwhite"),
)
"""What prompt_toolkit calls the sixteen colours of every terminal."""


class Nowhere(io.StringIO):
    """A file that has an encoding: what is kept will be written in it."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute there
        """The terminal's."""
        return self._encoding


class Rows(Page):
    """Keeps its rows; those too wide for the terminal are folded, none is cut."""

    def __init__(self, width: int, encoding: str) -> None:
        super().__init__(Console(file=Nowhere(encoding), width=width, highlight=False))
        self.columns = width
        self._blank = True  # none at the top
        self.rows: list[Text] = []
        self.first = 0
        """The row that a reader should see first."""

    def look_here(self) -> None:
        """Remember where the next row stands."""
        self.first = len(self.rows)

    def put(self, row: Text) -> None:
        """Keep a row."""
        pieces = chop_cells(row.plain, self.columns) if row.cell_len > self.columns else []
        self.rows += row.divide(list(accumulate(map(len, pieces)))[:-1]) if pieces else [row]

    def painted(self, row: Text) -> StyleAndTextTuples:
        """Return a row as prompt_toolkit paints it."""
        pieces = row.render(self.console)
        return [(style_of(piece.style), piece.text) for piece in pieces if piece.text]


def style_of(style: Style | None) -> str:
    """Return what prompt_toolkit calls a style of rich."""
    if style is None:
        return ""
    words = [word for word in ("bold", "italic", "underline", "reverse") if getattr(style, word)]
    if style.color and style.color.type is not ColorType.DEFAULT:
        words.append(f"fg:{_colour(style.color)}")
    return " ".join(words)


def _colour(colour: Color) -> str:
    if colour.type is ColorType.STANDARD and colour.number is not None:
        return NAMES[colour.number]
    return colour.get_truecolor().hex
