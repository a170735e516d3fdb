"""A timeline of tasks as text: a row for each task, signs for running, waiting, blocking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from workshop.report import Span

SYMBOLS = {"waits": "-", "runs": "#", "blocks": "X"}
"""The sign of each kind of span; a later kind covers an earlier one."""
LEGEND = "runs #   waits -   blocks the loop X"
UNITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
"""The possible steps of the ruler, in seconds."""
APART = 8
"""The smallest distance between two numbers of the ruler, in columns."""


def render(spans: Sequence[Span], width: int) -> list[str]:
    """Return the lines of the timeline, at most `width` columns wide; none without spans.

    The last line explains the signs.
    """
    total = max((span.end for span in spans), default=0.0)
    if total <= 0:
        return []
    names = rows(spans)
    margin = max(map(len, names)) + 2
    columns = max(APART * 2, width - margin - APART)  # the ruler ends behind the bars
    scale = columns / total
    bars = (f"{name:{margin}}{_bar(spans, name, scale, columns)}" for name in names)
    return [f"{'':{margin}}{ruler(total, scale)}", *bars, LEGEND]


def rows(spans: Sequence[Span]) -> list[str]:
    """Return the names of the rows, in the order in which they begin."""
    return list(dict.fromkeys(span.row for span in spans))


def ticks(total: float, most: int) -> Iterator[tuple[float, str]]:
    """Yield the moments (seconds) with a number below them, at most `most`, and that number."""
    unit = next((unit for unit in UNITS if total / unit < most), total)
    for tick in range(int(total / unit + 1e-6) + 1):
        yield tick * unit, f"{tick * unit:.2f}" if unit < 0.1 else f"{tick * unit:.1f}"


def ruler(total: float, scale: float) -> str:
    """Return the ruler: a line with numbers of seconds."""
    line = ""
    for moment, number in ticks(total, int(total * scale / APART)):
        line = f"{line:<{int(moment * scale)}}{number}"
    return f"{line} s"


def _bar(spans: Sequence[Span], row: str, scale: float, columns: int) -> str:
    signs = [" "] * columns
    for kind, sign in SYMBOLS.items():
        for span in spans:
            if (span.row, span.kind) == (row, kind):
                first = min(int(span.begin * scale), columns - 1)
                last = min(max(first + 1, ceil(span.end * scale - 1e-6)), columns)
                signs[first:last] = sign * (last - first)
    return "".join(signs).rstrip()
