"""The evidence of a check that did not pass, as text: values, advice, stalls, exchanges."""

from __future__ import annotations

from workshop.report import OPERATOR_WORDS, Advice, Check, Difference, Exchange, Frame, Line, Part
from workshop.report.comparison import differing_span
from workshop.terminal import timeline
from workshop.terminal.exchange_text import GUTTER, ServerTraceText, write_message
from workshop.terminal.glyphs import without_stress
from workshop.terminal.page import Page

LABELS = {
    "==": "wanted",
    "in": "must hold",
    "not in": "must not hold",
    "one of": "one of",
    "none of": "none of",
    **OPERATOR_WORDS,
}


class ComparisonText:
    """Writes both sides on a page, from a column on."""

    def __init__(self, page: Page, indent: int) -> None:
        self.page = page
        self.indent = indent

    def show(self, check: Check) -> None:
        """Write what came and what was wanted."""
        difference = check.difference
        told = {difference.sentence if difference else None, _advised(check)}
        if check.message and check.message not in told:
            self.page.lines(check.message, indent=self.indent)
        if difference and difference.parts:
            for part in difference.parts:
                self._part(part)
        elif difference:
            self._difference(difference)

    def _difference(self, found: Difference) -> None:
        label = LABELS.get(found.operator, f"must be {found.operator}")
        came, wanted = (found.start, found.came_end), (found.start, found.wanted_end)
        alike = found.operator == "==" and _alike(found.came, found.wanted, *came, wanted[1])
        self._value("came", found.came, came, alike or found.operator == "not in", label)
        self._value(label, found.wanted, wanted if alike else (0, 0), alike, label)

    def _part(self, part: Part) -> None:
        self.page.line(("at ", "dim"), (part.where, "bold"), indent=self.indent)
        came, wanted = part.came or "(nothing)", part.wanted or "(nothing)"
        start, came_end, wanted_end = differing_span(came, wanted)
        alike = _alike(came, wanted, start, came_end, wanted_end)
        self._value("came", came, (start, came_end), alike, "wanted")
        self._value("wanted", wanted, (start, wanted_end), alike, "wanted")

    def _value(
        self, label: str, text: str, span: tuple[int, int], marked: bool, widest: str
    ) -> None:
        lead = f"{label:<{len(widest) + 2}}", "red" if label == "came" else "green"
        self.page.row(text, lead, *span, indent=self.indent, marked=marked)


def _advised(check: Check) -> str | None:
    """Return the sentence that follows as advice, and need not stand here, too."""
    return check.advice.sentence if check.advice else None


def _alike(came: str, wanted: str, start: int, came_end: int, wanted_end: int) -> bool:
    """Say whether so much is the same, quotes apart, that a mark helps."""
    return start > 1 or min(len(came) - came_end, len(wanted) - wanted_end) > 1


BEFORE = 5
"""Requests of the same check that are named, the last before the one that is shown."""


class EvidenceText:
    """Writes what a check saw on a page, from a column on."""

    def __init__(self, page: Page, indent: int, file: str = "") -> None:
        self.page = page
        self.indent = indent
        self.file = file
        """The learner's; of its lines only the number is written."""

    def write_details(self, check: Check, command: str) -> None:
        """Write all but what came; `command` runs the app that the check has asked."""
        exchange = check.exchange
        half = exchange.server if exchange else None
        if check.advice:
            self.write_advice(check.advice)
        told = check.advice.line if check.advice else None
        if check.place and not told and (check.traceback or not half):
            self.write_line(check.place)
        self._stalls(check)
        if exchange:
            self._before([e for e in check.exchanges if not e.inner], exchange)
            self._exchange(exchange)
            if half:
                self._heading("In your server")
                ServerTraceText(self.page, self.indent, self.file).show(half, told)
            if command and exchange.curl:
                self._heading("To try it: start the app in a second terminal, then ask it again")
                self.page.verbatim(command, self.indent + 2)
                self.page.verbatim(exchange.curl, self.indent + 2)
        if check.output:
            self._heading("Your code printed")
            self.page.lines(check.output, indent=self.indent + 2)

    def write_advice(self, advice: Advice) -> None:
        """Write what is wrong, what to do and where."""
        self.page.blank()
        self.page.line((without_stress(advice.sentence), "bold"), indent=self.indent)
        hang = len(self.page.clean("→ "))
        self.page.line(
            ("→ ", "green"), without_stress(advice.action), indent=self.indent, hang=hang
        )
        if advice.line:
            self.write_line(advice.line)

    def write_line(self, line: Line) -> None:
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
                self.write_line(line)
        picture = timeline.render(check.spans, self.page.width - self.indent - 2)
        for row in picture:
            self.page.verbatim(row, self.indent + 2)

    def write_comparison(self, check: Check) -> None:
        """Write what came and what was wanted."""
        ComparisonText(self.page, self.indent).show(check)

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
        write_message(self.page, exchange.request, (), self.indent)
        self._heading("The answer")
        if exchange.response:
            write_message(self.page, exchange.response, exchange.marks, self.indent)
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
