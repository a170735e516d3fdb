"""Lines on a terminal: wrapped, marked, no wider than the terminal; a line of progress."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from workshop.terminal.glyphs import encodable, escape_controls

WIDEST = 100
"""The largest width of a line, in columns."""
Part = str | tuple[str, str]
"""A text, or a pair of text and style."""


class Page:
    """Writes lines to a rich Console, without trailing blanks, in what its encoding can show."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = max(20, min(console.width, WIDEST))
        self._blank = False

    def clean(self, text: str) -> str:
        """Return a text on one line, escaped for this console's encoding."""
        return encodable(escape_controls(text), self.console.encoding or "ascii")

    def line(self, *parts: Part, indent: int = 0, hang: int = 0) -> None:
        """Write a line, wrapped at spaces; later rows are indented by `hang` more columns."""
        text = self._text(parts)
        (first, *more) = text.wrap(self.console, max(10, self.width - indent), overflow="fold")
        self._print(first, indent)
        if not more:
            return
        rest = text[len(first) :]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
        for row in rest.wrap(self.console, max(10, self.width - indent - hang), overflow="fold"):
            self._print(row, indent + hang)

    def lines(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Write a text of several lines."""
        for row in text.splitlines():
            self.line((row, style), indent=indent)

    def row(
        self,
        text: str,
        lead: Part,
        start: int = 0,
        end: int = 0,
        indent: int = 0,
        marked: bool | None = None,
    ) -> None:
        """Write one row of code or data after a lead, with `^` below the part from start to end.

        A row that does not fit is cut around that part; (0, 0) is no part. `marked=False` cuts
        in the same way without a mark; `marked=True` marks an empty part as well.
        """
        pieces = [self.clean(piece) for piece in (text[:start], text[start:end], text[end:])]
        head = self._text([lead])
        room = max(10, self.width - indent - head.cell_len)
        before, part, after = _fitted(pieces, room, self.clean("…"))
        marked = end > start if marked is None else marked
        self._print(Text.assemble(head, before, (part, "reverse" if marked else ""), after), indent)
        if marked:
            gap = Text(" " * cell_len(before))
            blank = Text(head.plain if head.plain.strip() in {"│", "|"} else " " * head.cell_len)
            carets = Text("^" * max(1, cell_len(part)), "bold red")
            self._print(Text.assemble(blank, gap, carets), indent)

    def verbatim(self, text: str, indent: int = 0) -> None:
        """Write a text to copy: not wrapped, not cut, with its own line breaks."""
        for row in text.split("\n"):
            self._print(Text(self.clean(row)), indent)

    def code(self, text: str, language: str) -> None:
        """Write highlighted code and an empty line; lines are neither wrapped nor cut."""
        from rich.syntax import Syntax  # it takes long to import, and few commands show code

        shown = "\n".join(map(self.clean, text.split("\n")))
        coloured = Syntax(shown, language, background_color="default").highlight(shown)
        coloured.rstrip()
        for row in coloured.split("\n", allow_blank=True):
            self.write_row(row)
        self._print(Text(), 0)

    def set_anchor(self) -> None:
        """Mark the next row as the one that a screen shows first; nothing on a console."""

    def write_row(self, row: Text) -> None:
        """Write a finished row to the console; RowBuffer overrides this and keeps it."""
        self.console.print(row, soft_wrap=True, highlight=False)

    def blank(self) -> None:
        """Write an empty line, unless the last line is empty."""
        if not self._blank:
            self._print(Text(), 0)

    def _text(self, parts: tuple[Part, ...] | list[Part]) -> Text:
        pairs = [(part, "") if isinstance(part, str) else part for part in parts]
        return Text.assemble(*((self.clean(text), style) for text, style in pairs))

    def _print(self, text: Text, indent: int) -> None:
        line = Text(" " * indent).append_text(text)
        line.rstrip()
        self._blank = not line.plain
        self.write_row(line)


def _fitted(pieces: list[str], room: int, dots: str) -> tuple[str, str, str]:
    """Return three pieces cut to a number of columns; the middle one is cut last."""
    before, part, after = pieces
    if sum(map(cell_len, pieces)) <= room:
        return before, part, after
    spare = cell_len(dots) * (bool(before) + bool(after))
    part = _cut(part, max(1, room - spare), dots)
    left = room - cell_len(part)
    tail = min(cell_len(after), max(left // 2, left - cell_len(before)))
    before = _cut(before[::-1], left - tail, dots[::-1])[::-1]
    return before, part, _cut(after, left - cell_len(before), dots)


def _cut(text: str, room: int, dots: str) -> str:
    """Return a text cut to a number of columns, with dots where it was cut."""
    if cell_len(text) <= room:
        return text
    kept = room - cell_len(dots)
    return (chop_cells(text, kept)[0] if kept > 0 else "") + dots[: max(0, room)]


PARTS = 4
"""The number of progress lines where the output is no terminal."""


class ProgressMeter:
    """Writes progress in percent: on one line of a terminal, elsewhere in a few lines."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._part = 0

    def __call__(self, percent: int, what: str) -> None:
        """Write the progress in percent, and the name of the current item."""
        if self._page.console.is_terminal:
            self._over(f"  {percent:3} %  {what}")
        elif (part := percent * PARTS // 100) > self._part:
            self._part = part
            self._page.line(f"{percent} %  {what}", indent=2)

    def end(self) -> None:
        """Clear the line on a terminal."""
        if self._page.console.is_terminal:
            self._over("")
            self._page.console.file.write("\r")

    def _over(self, text: str) -> None:
        """Overwrite the current line."""
        width = self._page.width - 1
        file = self._page.console.file
        file.write(f"\r{self._page.clean(text)[:width]:<{width}}")
        file.flush()
