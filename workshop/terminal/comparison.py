"""What came beside what was wanted, the differing parts marked."""

from __future__ import annotations

from workshop.report import OPERATOR_WORDS, Check, Difference, Part
from workshop.report.comparison import differing_span
from workshop.terminal.page import Page

LABELS = {
    "==": "wanted",
    "in": "must hold",
    "not in": "must not hold",
    "one of": "one of",
    "none of": "none of",
    **OPERATOR_WORDS,
}


class Comparison:
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
