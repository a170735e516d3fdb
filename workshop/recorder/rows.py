"""What each task did, as the rows of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from workshop.report import Span


@dataclass
class Row:
    """What a task did: when it ran, and whether it waits for something or is through."""

    function: str
    runs: list[tuple[float, float, bool]] = field(default_factory=list)
    """Begin, end, and whether it blocked."""
    through: set[float] = field(default_factory=set)
    """When it had nothing more to do, so that it does not wait after that."""

    def overlaps(self, first: float, last: float) -> bool:
        """Say whether it did something between two moments."""
        return bool(self.runs) and self.runs[0][0] < last and self.runs[-1][1] > first


def pictured(rows: list[Row], first: float, last: float) -> Iterator[Span]:
    """Yield the spans of the tasks between two moments, from 0 on."""
    for name, row in zip(_names(rows), rows, strict=True):
        before = None
        for begin, end, blocks in row.runs:
            pieces = [(begin, end, "blocks" if blocks else "runs")]
            if before is not None and before not in row.through:
                pieces.insert(0, (before, begin, "waits"))
            for start, stop, kind in pieces:
                start, stop = max(start, first) - first, min(stop, last) - first
                if start < stop:
                    yield Span(name, kind, round(start, 4), round(stop, 4))
            before = end


def _names(rows: list[Row]) -> Iterator[str]:
    """Yield a name for each row: its function, numbered where there are several."""
    functions = [row.function for row in rows]
    for at, function in enumerate(functions):
        number = functions[: at + 1].count(function)
        yield f"{function} {number}" if functions.count(function) > 1 else function
