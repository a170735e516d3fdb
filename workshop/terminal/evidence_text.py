"""What is known of a check that did not pass, as lines: the plainest first."""

from __future__ import annotations

from workshop.report import Advice, Check, Exchange, Frame, Line
from workshop.terminal import timeline
from workshop.terminal.comparison import Comparison
from workshop.terminal.messages import GUTTER, message
from workshop.terminal.page import Page
from workshop.terminal.prose import plain
from workshop.terminal.server import Server

BEFORE = 5
"""Requests of the same check that are named, the last before the one that is shown."""


class Evidence:
    """Writes what a check saw on a page, from a column on."""

    def __init__(self, page: Page, indent: int, file: str = "") -> None:
        self.page = page
        self.indent = indent
        self.file = file
        """The learner's; of its lines only the number is written."""

    def more(self, check: Check, command: str) -> None:
        """Write all but what came; `command` runs the app that the check has asked."""
        exchange = check.exchange
        half = exchange.server if exchange else None
        if check.advice:
            self.advice(check.advice)
        told = check.advice.line if check.advice else None
        if check.place and not told and (check.traceback or not half):
            self.place(check.place)
        self._stalls(check)
        if exchange:
            self._before([e for e in check.exchanges if not e.inner], exchange)
            self._exchange(exchange)
            if half:
                self._heading("In your server")
                Server(self.page, self.indent, self.file).show(half, told)
            if command and exchange.curl:
                self._heading("To try it: start the app in a second terminal, then ask it again")
                self.page.whole(command, self.indent + 2)
                self.page.whole(exchange.curl, self.indent + 2)
        if check.output:
            self._heading("Your code printed")
            self.page.lines(check.output, indent=self.indent + 2)

    def advice(self, advice: Advice) -> None:
        """Write what is wrong, what to do and where."""
        self.page.blank()
        self.page.line((plain(advice.sentence), "bold"), indent=self.indent)
        hang = len(self.page.clean("→ "))
        self.page.line(("→ ", "green"), plain(advice.action), indent=self.indent, hang=hang)
        if advice.line:
            self.place(advice.line)

    def place(self, line: Line) -> None:
        """Write a line of the learner's file and where it stands."""
        self.page.line((f"{line.file}, line {line.number}", "cyan"), indent=self.indent)
        if line.code:
            self.page.row(line.code, "  ", line.start, line.end, self.indent)

    def _stalls(self, check: Check) -> None:
        """Write when the loop stood still, on which lines, and what the tasks did then."""
        told = check.advice.line if check.advice else None
        for line in dict.fromkeys(stall.line for stall in check.stalls):
            seconds = [stall.seconds for stall in check.stalls if stall.line == line]
            times = f", {len(seconds)} times" if len(seconds) > 1 else ""
            self._heading(f"The loop stood still for {duration(max(seconds))}{times}")
            if line and line != told:
                self.place(line)
        picture = timeline.text(check.spans, self.page.width - self.indent - 2)
        for row in picture:
            self.page.whole(row, self.indent + 2)

    def came(self, check: Check) -> None:
        """Write what came and what was wanted."""
        Comparison(self.page, self.indent).show(check)

    def _before(self, made: list[Exchange], shown: Exchange) -> None:
        """Write which requests went before in the same check: the app may remember them."""
        before = made[: made.index(shown)][-BEFORE:]
        if before:
            self._heading("Before, in the same check")
        for exchange in before:
            status = exchange.response.start.partition(" ")[2] if exchange.response else "no answer"
            asked = exchange.request.start.rpartition(" HTTP/")[0]
            self.page.row(f"{asked}  →  {status}", GUTTER, indent=self.indent)

    def _exchange(self, exchange: Exchange) -> None:
        self._heading("The request")
        message(self.page, exchange.request, (), self.indent)
        self._heading("The answer")
        if exchange.response:
            message(self.page, exchange.response, exchange.marks, self.indent)
        else:
            self.page.line("none came", indent=self.indent + 2)
        if exchange.frames:
            self._heading("The websocket (> from the check, < from your server)")
            for frame in exchange.frames:
                self._frame(frame)

    def _frame(self, frame: Frame) -> None:
        self.page.row(
            f"{frame.kind} {frame.data}", "> " if frame.sent else "< ", indent=self.indent
        )

    def _heading(self, text: str) -> None:
        self.page.blank()
        self.page.line((text, "underline"), indent=self.indent)


def duration(seconds: float) -> str:
    """Return a time as people say it: "310 ms", "2.5 s"."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{round(seconds, 1):g} s"
