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
    """Writes the actual and the expected value of a check, with the difference marked."""

    def __init__(self, page: Page, indent: int) -> None:
        self.page = page
        self.indent = indent

    def show(self, check: Check) -> None:
        """Write the check's message, and both values or each part that differs."""
        difference = check.difference
        shown = {difference.sentence if difference else None, _advised(check)}
        if check.message and check.message not in shown:
            self.page.lines(check.message, indent=self.indent)
        if difference and difference.parts:
            for part in difference.parts:
                self._part(part)
        elif difference:
            self._difference(difference)

    def _difference(self, found: Difference) -> None:
        label = LABELS.get(found.operator, f"must be {found.operator}")
        actual, expected = (found.start, found.came_end), (found.start, found.wanted_end)
        alike = found.operator == "==" and _alike(found.came, found.wanted, *actual, expected[1])
        self._value("came", found.came, actual, alike or found.operator == "not in", label)
        self._value(label, found.wanted, expected if alike else (0, 0), alike, label)

    def _part(self, part: Part) -> None:
        self.page.line(("at ", "dim"), (part.where, "bold"), indent=self.indent)
        actual, expected = part.came or "(nothing)", part.wanted or "(nothing)"
        start, came_end, wanted_end = differing_span(actual, expected)
        alike = _alike(actual, expected, start, came_end, wanted_end)
        self._value("came", actual, (start, came_end), alike, "wanted")
        self._value("wanted", expected, (start, wanted_end), alike, "wanted")

    def _value(
        self, label: str, text: str, span: tuple[int, int], marked: bool, widest: str
    ) -> None:
        lead = f"{label:<{len(widest) + 2}}", "red" if label == "came" else "green"
        self.page.row(text, lead, *span, indent=self.indent, marked=marked)


def _advised(check: Check) -> str | None:
    """Return the sentence of the check's advice, which is written elsewhere."""
    return check.advice.sentence if check.advice else None


def _alike(actual: str, expected: str, start: int, came_end: int, wanted_end: int) -> bool:
    """Return whether the values share enough text for a mark of the difference."""
    return start > 1 or min(len(actual) - came_end, len(expected) - wanted_end) > 1


BEFORE = 5
"""The number of earlier requests of the same check that are listed."""


class EvidenceText:
    """Writes the evidence of a check on a page: values, advice, stalls, exchanges, output."""

    def __init__(self, page: Page, indent: int, file: str = "") -> None:
        self.page = page
        self.indent = indent
        self.file = file
        """The learner's file; its lines are written without the file's name."""

    def write_details(self, check: Check, command: str) -> None:
        """Write all evidence but the values; `command` starts the app for the curl line."""
        exchange = check.exchange
        half = exchange.server if exchange else None
        if check.advice:
            self.write_advice(check.advice)
        shown = check.advice.line if check.advice else None
        if check.place and not shown and (check.traceback or not half):
            self.write_line(check.place)
        self._stalls(check)
        if exchange:
            self._before([e for e in check.exchanges if not e.inner], exchange)
            self._exchange(exchange)
            if half:
                self._heading("In your server")
                ServerTraceText(self.page, self.indent, self.file).show(half, shown)
            if command and exchange.curl:
                self._heading("To try it: start the app in a second terminal, then ask it again")
                self.page.verbatim(command, self.indent + 2)
                self.page.verbatim(exchange.curl, self.indent + 2)
        if check.output:
            self._heading("Your code printed")
            self.page.lines(check.output, indent=self.indent + 2)

    def write_advice(self, advice: Advice) -> None:
        """Write the advice: sentence, action, line."""
        self.page.blank()
        self.page.line((without_stress(advice.sentence), "bold"), indent=self.indent)
        hang = len(self.page.clean("→ "))
        self.page.line(
            ("→ ", "green"), without_stress(advice.action), indent=self.indent, hang=hang
        )
        if advice.line:
            self.write_line(advice.line)

    def write_line(self, line: Line) -> None:
        """Write a line of code with its file and number."""
        self.page.line((f"{line.file}, line {line.number}", "cyan"), indent=self.indent)
        if line.code:
            self.page.row(line.code, "  ", line.start, line.end, self.indent)

    def _stalls(self, check: Check) -> None:
        """Write the stalls of the event loop with their lines, and the timeline of the tasks."""
        shown = check.advice.line if check.advice else None
        for line in dict.fromkeys(stall.line for stall in check.stalls):
            seconds = [stall.seconds for stall in check.stalls if stall.line == line]
            times = f", {len(seconds)} times" if len(seconds) > 1 else ""
            self._heading(f"The loop stood still for {duration(max(seconds))}{times}")
            if line and line != shown:
                self.write_line(line)
        picture = timeline.render(check.spans, self.page.width - self.indent - 2)
        for row in picture:
            self.page.verbatim(row, self.indent + 2)

    def write_comparison(self, check: Check) -> None:
        """Write the check's message, and both values or each part that differs."""
        ComparisonText(self.page, self.indent).show(check)

    def _before(self, made: list[Exchange], shown: Exchange) -> None:
        """Write the earlier requests of the check, on which the app's state may depend."""
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
    """Return seconds as text, such as "310 ms" or "2.5 s"."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{round(seconds, 1):g} s"
