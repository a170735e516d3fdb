"""The server's half of an exchange: the route, the middlewares, the learner's lines, the log."""

from __future__ import annotations

from workshop.report import Line, ServerHalf
from workshop.terminal.page import Page

TRACE = 3
"""Lines of a traceback that are shown, the innermost."""
LOG = 5
"""Log records that are shown, the last."""


class Server:
    """Writes it on a page, from a column on; `file` is the learner's."""

    def __init__(self, page: Page, indent: int, file: str) -> None:
        self.page = page
        self.indent = indent
        self.file = file

    def show(self, half: ServerHalf, shown: Line | None) -> None:
        """Write all but the line that was `shown` before."""
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
        """Write where the server's half was: the learner's lines, and where it ended."""
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
