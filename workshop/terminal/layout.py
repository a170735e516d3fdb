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
"""What prompt_toolkit calls the sixteen colours of every terminal."""


class NullFile(io.StringIO):
    """A file that has an encoding: what is kept will be written in it."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute there
        """The terminal's."""
        return self._encoding


class RowBuffer(Page):
    """Keeps its rows; those too wide for the terminal are folded, none is cut."""

    def __init__(self, width: int, encoding: str) -> None:
        super().__init__(Console(file=NullFile(encoding), width=width, highlight=False))
        self.columns = width
        self._blank = True  # none at the top
        self.rows: list[Text] = []
        self.anchor = 0
        """The row that a reader should see first."""

    def set_anchor(self) -> None:
        """Remember where the next row stands."""
        self.anchor = len(self.rows)

    def write_row(self, row: Text) -> None:
        """Keep a row."""
        pieces = chop_cells(row.plain, self.columns) if row.cell_len > self.columns else []
        self.rows += row.divide(list(accumulate(map(len, pieces)))[:-1]) if pieces else [row]

    def formatted(self, row: Text) -> StyleAndTextTuples:
        """Return a row as prompt_toolkit paints it."""
        pieces = row.render(self.console)
        return [(prompt_toolkit_style(piece.style), piece.text) for piece in pieces if piece.text]


def prompt_toolkit_style(style: Style | None) -> str:
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


TALL = 18
"""Rows from which on there is room for lines between the parts, and for the file at the top."""
NOTICE = 5.0
"""Seconds for which a sentence stays, whatever is saved; a key takes it away at once."""


class ScreenLayout:
    """What is on the screen, for any size of it."""

    def __init__(self, watch: WatchState, encoding: str) -> None:
        self.pane = Pane.VERDICT
        self.message = ""
        self.selected = 0
        """Which exercise of the course the list is at."""
        self._watch = watch
        self._encoding = encoding
        self._message_time = 0.0
        """When the notice came."""
        self._scroll: int | None = None
        """The first row of the middle that is shown; None leaves it to what is shown."""
        self._room, self._length = 1, 0
        self._cached: tuple[tuple[int, bool], RowBuffer] | None = None
        """The rows of the middle, and for which width, on a tall screen or not."""
        self._report: Report | None = None

    @property
    def choice(self) -> Exercise:
        """The exercise that the list is at."""
        return self._watch.course.exercises[self.selected]

    def show(self, pane: Pane) -> None:
        """Show something else, from where it is best begun; an old notice goes."""
        if time.monotonic() - self._message_time > NOTICE:
            self.message = ""
        self.pane, self._scroll, self._cached = pane, None, None
        if pane is Pane.LIST:
            self.selected = self._watch.course.exercises.index(self._watch.exercise)

    def refresh(self) -> None:
        """Take a check's news up; a new verdict is shown from its top."""
        self._cached = None
        if self._watch.report and self._watch.report is not self._report:
            self._report = self._watch.report
            if self.pane in {Pane.VERDICT, Pane.HINTS}:
                self.pane, self._scroll = Pane.VERDICT, None

    def notify(self, text: str) -> None:
        """Show a sentence below."""
        self.message, self._message_time = text, time.monotonic()

    def move(self, rows: int) -> None:
        """Go so many rows down, or up; in the list, so many exercises."""
        if self.pane is Pane.LIST:
            last = len(self._watch.course.exercises) - 1
            self.selected, self._cached = max(0, min(last, self.selected + rows)), None
        else:
            last = max(0, self._length - self._room)
            self._scroll = max(0, min(last, (self._scroll or 0) + rows))

    def page(self, pages: int) -> None:
        """Go so many screens down, or up."""
        self.move(pages * max(1, self._room - 1))

    def rows(self, width: int, height: int) -> list[Text]:
        """Return as many rows as the screen has, the last ones always at the bottom."""
        tall = height >= TALL
        top = self._top(width, tall)[: max(1, height // 4)]
        bottom = self._bottom(width)[-max(1, height // 2) :]
        rule = [Text(RowBuffer(width, self._encoding).clean("─") * width, "dim")] if tall else []
        self._room = max(1, height - len(top) - len(bottom) - 2 * len(rule) - 1)
        middle = self._middle(width, tall)
        self._length = len(middle.rows)
        self._scroll = min(self._start(middle), max(0, self._length - self._room))
        visible = middle.rows[self._scroll : self._scroll + self._room]
        visible += [Text()] * (self._room - len(visible))
        return [*top, *rule, *visible, *rule, self._facts(width), *bottom][:height]

    def _start(self, middle: RowBuffer) -> int:
        """Return where the middle begins, if nobody has scrolled."""
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
        """Write the list, with a mark where the choice is."""
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

    def _facts(self, width: int) -> Text:
        """Return how far the learner is, and how far this can be scrolled."""
        facts = watch_text.position(self._watch)
        if self._length > self._room:
            start = self._scroll or 0
            lines = f"lines {start + 1}-{min(self._length, start + self._room)}"
            facts.insert(0, (f"{lines} of {self._length}", f"{lines}/{self._length}"))
        if self._watch.checking:
            facts.insert(0, ("checking ...", "checking"))
        return Text(status_line(facts, width), "dim")

    def _bottom(self, width: int) -> list[Text]:
        page = RowBuffer(width, self._encoding)
        if self.message:
            page.line((self.message, "bold"))
        return [*page.rows, Text(key_line(self.pane, width), "reverse")]
