"""The rows of the watch screen, laid out for its size, and their styles for prompt_toolkit."""

from __future__ import annotations

import io
import time
from itertools import accumulate

from prompt_toolkit.formatted_text import StyleAndTextTuples
from rich.cells import chop_cells
from rich.color import Color, ColorType
from rich.console import Console
from rich.style import Style
from rich.text import Text

from workshop.course import Exercise
from workshop.report import Report
from workshop.terminal import lists, watch_text
from workshop.terminal.page import Page
from workshop.terminal.report_text import ReportWriter
from workshop.terminal.view import Pane, key_line, status_line
from workshop.terminal.watch_state import WatchState

NAMES = (
    *("ansiblack", "ansired", "ansigreen", "ansiyellow"),
    *("ansiblue", "ansimagenta", "ansicyan", "ansigray"),
    *("ansibrightblack", "ansibrightred", "ansibrightgreen", "ansibrightyellow"),
    *("ansibrightblue", "ansibrightmagenta", "ansibrightcyan", "ansiwhite"),
)
"""The names of the sixteen ANSI colours in prompt_toolkit."""


class NullFile(io.StringIO):
    """A file for a Console that writes nothing, with the terminal's encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute there
        """The terminal's encoding."""
        return self._encoding


class RowBuffer(Page):
    """A Page that keeps its rows in a list; rows that are too wide are folded."""

    def __init__(self, width: int, encoding: str) -> None:
        super().__init__(Console(file=NullFile(encoding), width=width, highlight=False))
        self.columns = width
        self._blank = True  # no empty row at the top
        self.rows: list[Text] = []
        self.anchor = 0
        """The index of the row that the screen shows first."""

    def set_anchor(self) -> None:
        """Set the anchor to the next row."""
        self.anchor = len(self.rows)

    def write_row(self, row: Text) -> None:
        """Append a row, folded to the width."""
        pieces = chop_cells(row.plain, self.columns) if row.cell_len > self.columns else []
        self.rows += row.divide(list(accumulate(map(len, pieces)))[:-1]) if pieces else [row]

    def formatted(self, row: Text) -> StyleAndTextTuples:
        """Return a row as formatted text of prompt_toolkit."""
        pieces = row.render(self.console)
        return [(prompt_toolkit_style(piece.style), piece.text) for piece in pieces if piece.text]


def prompt_toolkit_style(style: Style | None) -> str:
    """Return a style of rich as a style string of prompt_toolkit."""
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


TALL = 18
"""The height from which on the screen has rules and shows the file at the top."""
NOTICE = 5.0
"""Seconds for which a message stays when a file is saved; a key removes it at once."""


class ScreenLayout:
    """The content of the watch screen: pane, message, selection, scroll position."""

    def __init__(self, watch: WatchState, encoding: str) -> None:
        self.pane = Pane.VERDICT
        self.message = ""
        self.selected = 0
        """The index of the selected exercise in the list."""
        self._watch = watch
        self._encoding = encoding
        self._message_time = 0.0
        """The time of the message, by the monotonic clock."""
        self._scroll: int | None = None
        """The first visible row of the middle; None for the anchor."""
        self._room, self._length = 1, 0
        self._cached: tuple[tuple[int, bool], RowBuffer] | None = None
        """The rows of the middle, with the width and whether the screen is tall."""
        self._report: Report | None = None

    @property
    def choice(self) -> Exercise:
        """The selected exercise of the list."""
        return self._watch.course.exercises[self.selected]

    def show(self, pane: Pane) -> None:
        """Show a pane from its anchor; a message older than NOTICE seconds is removed."""
        if time.monotonic() - self._message_time > NOTICE:
            self.message = ""
        self.pane, self._scroll, self._cached = pane, None, None
        if pane is Pane.LIST:
            self.selected = self._watch.course.exercises.index(self._watch.exercise)

    def refresh(self) -> None:
        """Render the pane anew; a new report is shown from its anchor."""
        self._cached = None
        if self._watch.report and self._watch.report is not self._report:
            self._report = self._watch.report
            if self.pane in {Pane.VERDICT, Pane.HINTS}:
                self.pane, self._scroll = Pane.VERDICT, None

    def notify(self, text: str) -> None:
        """Show a message above the keys."""
        self.message, self._message_time = text, time.monotonic()

    def move(self, rows: int) -> None:
        """Scroll by a number of rows, negative is up; in the list, select by as many exercises."""
        if self.pane is Pane.LIST:
            last = len(self._watch.course.exercises) - 1
            self.selected, self._cached = max(0, min(last, self.selected + rows)), None
        else:
            last = max(0, self._length - self._room)
            self._scroll = max(0, min(last, (self._scroll or 0) + rows))

    def page(self, pages: int) -> None:
        """Scroll by a number of screens, negative is up."""
        self.move(pages * max(1, self._room - 1))

    def rows(self, width: int, height: int) -> list[Text]:
        """Return the rows of the whole screen, with status and keys at the bottom."""
        tall = height >= TALL
        top = self._top(width, tall)[: max(1, height // 4)]
        bottom = self._keys(width)[-max(1, height // 2) :]
        rule = [Text(RowBuffer(width, self._encoding).clean("─") * width, "dim")] if tall else []
        self._room = max(1, height - len(top) - len(bottom) - 2 * len(rule) - 1)
        middle = self._middle(width, tall)
        self._length = len(middle.rows)
        self._scroll = min(self._start(middle), max(0, self._length - self._room))
        visible = middle.rows[self._scroll : self._scroll + self._room]
        visible += [Text()] * (self._room - len(visible))
        return [*top, *rule, *visible, *rule, self._status(width), *bottom][:height]

    def _start(self, middle: RowBuffer) -> int:
        """Return the first visible row of the middle: scrolled, or near the anchor."""
        if self._scroll is not None and self.pane is not Pane.LIST:
            return self._scroll
        above = 0 if self.pane is Pane.HINTS else self._room // 3
        return max(0, middle.anchor - above)

    def _top(self, width: int, tall: bool) -> list[Text]:
        page = RowBuffer(width, self._encoding)
        writer = ReportWriter(page=page, keys=True)
        watch_text.write_heading(writer, self._watch)
        if tall:
            watch_text.write_file(writer, self._watch)
        return page.rows

    def _middle(self, width: int, tall: bool) -> RowBuffer:
        if self._cached and self._cached[0] == (width, tall):
            return self._cached[1]
        page = RowBuffer(width, self._encoding)
        writer = ReportWriter(page=page, keys=True)
        if self.pane is Pane.LIST:
            self._list(page)
        elif self.pane is Pane.SOLUTION:
            watch_text.write_solution(writer, self._watch)
        elif self.pane is Pane.HELP:
            watch_text.write_help(writer)
        else:
            if not tall:
                watch_text.write_file(writer, self._watch)
            watch_text.write_details(writer, self._watch)
        self._cached = (width, tall), page
        return page

    def _list(self, page: RowBuffer) -> None:
        """Write the list of exercises, with the selected one marked."""
        course, progress = self._watch.course, self._watch.progress
        for step in course.steps:
            lists.write_step(page, step)
            for exercise in step.exercises:
                before = len(page.rows)
                lists.write_exercise(page, exercise, course, progress)
                if exercise == self.choice:
                    page.anchor = before
                    chosen = page.rows[before:]
                    page.rows[before:] = [Text.assemble(">", row[1:]) for row in chosen]
                    for row in page.rows[before:]:
                        row.stylize("reverse")

    def _status(self, width: int) -> Text:
        """Return the status line: checking, scroll position, progress."""
        facts = watch_text.position(self._watch)
        if self._length > self._room:
            start = self._scroll or 0
            lines = f"lines {start + 1}-{min(self._length, start + self._room)}"
            facts.insert(0, (f"{lines} of {self._length}", f"{lines}/{self._length}"))
        if self._watch.checking:
            facts.insert(0, ("checking ...", "checking"))
        return Text(status_line(facts, width), "dim")

    def _keys(self, width: int) -> list[Text]:
        page = RowBuffer(width, self._encoding)
        if self.message:
            page.line((self.message, "bold"))
        return [*page.rows, Text(key_line(self.pane, width), "reverse")]
