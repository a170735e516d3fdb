"""One HTTP exchange as text: request and response messages, and what the server did with it."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.report import Line, Mark, Message, ServerHalf
from workshop.terminal.page import Page

BODY_LINES = 10
"""The number of shown lines of a body, around the marked one."""
COOKIE = 20
"""The number of shown characters of a cookie's name and value."""
USUAL = frozenset({"host", "accept-encoding", "user-agent", "connection", "date", "server"})
"""Headers that are left out: every client and server sends them."""
UNREADABLE = ("image/", "audio/", "video/", "font/", "application/octet", "application/zip")
GUTTER = ("│ ", "dim")


def write_message(page: Page, shown: Message, marks: tuple[Mark, ...], indent: int) -> None:
    """Write a request or a response, with `^` below the marked parts."""
    by_part = {mark.part: mark for mark in marks}
    start, end = _status(shown.start) if "status" in by_part else (0, 0)
    page.row(shown.start, GUTTER, start, end, indent)
    for name, value in shown.headers:
        if name in by_part or not _usual(name, value):
            text = f"{name}: {value if name in by_part else _shortened(name, value)}"
            start = len(name) + 2 if name in by_part else 0
            page.row(text, GUTTER, start, len(text) if start else 0, indent)
    _body(page, shown, by_part.get("body"), indent)


def _status(start: str) -> tuple[int, int]:
    """Return start and end of the status code in a status line."""
    at = start.find(" ") + 1
    return at, at + len(start[at:].partition(" ")[0])


def _usual(name: str, value: str) -> bool:
    return name.lower() in USUAL or (name.lower() == "accept" and value == "*/*")


def _shortened(name: str, value: str) -> str:
    """Return a header's value; a long cookie is cut, its attributes stay complete.

    The attributes decide whether a client sends the cookie back.
    """
    first, semicolon, rest = value.partition(";")
    if name.lower() != "set-cookie" or len(first) <= COOKIE:
        return value
    return f"{first[:COOKIE]}…{semicolon}{rest}"


def _body(page: Page, shown: Message, mark: Mark | None, indent: int) -> None:
    kind = next((v for n, v in shown.headers if n.lower() == "content-type"), "")
    if not shown.body:
        return
    page.row("", GUTTER, indent=indent)
    if kind.startswith(UNREADABLE):
        page.row(f"({shown.size:,} bytes)", GUTTER, indent=indent)
        return
    rows = list(_rows(shown.body, mark))
    marked = next((at for at, (_, start, end) in enumerate(rows) if end > start), 0)
    first = max(0, min(marked - BODY_LINES // 2, len(rows) - BODY_LINES))
    if first:
        page.row(f"… {first} lines before", GUTTER, indent=indent)
    for row, start, end in rows[first : first + BODY_LINES]:
        page.row(row, GUTTER, start, end, indent)
    if len(rows) > first + BODY_LINES:
        page.row(f"… {len(rows) - first - BODY_LINES} more lines", GUTTER, indent=indent)
    elif shown.size > len(shown.body.encode(errors="replace")):
        page.row(f"… {shown.size:,} bytes in all", GUTTER, indent=indent)


def _rows(body: str, mark: Mark | None) -> Iterator[tuple[str, int, int]]:
    """Yield the lines of a body, each with start and end of its marked part."""
    start, end = (mark.start, mark.end or len(body)) if mark else (0, 0)
    at = 0
    for row in body.removesuffix("\n").split("\n"):
        text = row.rstrip("\r")
        yield text, *_clipped(start - at, end - at, len(text))
        at += len(row) + 1


def _clipped(start: int, end: int, length: int) -> tuple[int, int]:
    start, end = max(0, start), min(length, end)
    return (start, end) if start < end else (0, 0)


TRACE = 3
"""The number of shown lines of a traceback, the innermost."""
LOG = 5
"""The number of shown log records, the last."""


class ServerTraceText:
    """Writes the server's side of an exchange: route, middlewares, error, lines, log."""

    def __init__(self, page: Page, indent: int, file: str) -> None:
        self.page = page
        self.indent = indent
        self.file = file

    def show(self, half: ServerHalf, shown: Line | None) -> None:
        """Write everything but the line `shown`, which is on the page already."""
        if half.route:
            self._fact("route", f"{half.route}  →  {half.handler}")
        else:
            self._fact("route", "none fits")
            self._fact("yours", ", ".join(half.nearest) or "there are none at all")
        if half.middlewares:
            self._fact("passed", " → ".join(half.middlewares))
        if half.error:
            self._fact("error", half.error)
        self._lines(half, shown)
        for record in half.log[-LOG:]:
            if not (half.error and " aiohttp.server: " in record):
                self._fact("log", record.partition("\n")[0])

    def _lines(self, half: ServerHalf, shown: Line | None) -> None:
        """Write the learner's lines of the traceback or the handler, and the last line."""
        known = (half.place, half.condition, half.answered) if half.answered else (half.place,)
        *before, last = half.traceback or dict.fromkeys(known)
        own = [line for line in before if line and line.file == self.file] if self.file else before
        file = self.file
        for line in [*own[1 - TRACE :], last]:
            if line and (shown is None or (line.file, line.number) != (shown.file, shown.number)):
                if line.file != file:
                    self.page.line((f"{line.file}:", "dim"), indent=self.indent + 2)
                file = line.file
                lead = f"line {line.number:<5}", "dim"
                self.page.row(line.code, lead, line.start, line.end, self.indent + 2)

    def _fact(self, label: str, text: str) -> None:
        self.page.line((f"{label:<8}", "dim"), text, indent=self.indent + 2, hang=8)
