"""What the tasks did around a stall, as SVG: it takes the colours of the page that it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from workshop.report import Check, Span
from workshop.view.timeline import SIGNS, rows, ticks

WIDTH, ROW, LETTER = 480, 30, 7.5
"""How wide the picture is, how high a row, and how wide a letter of a name at most."""
NAME = 24
"""Letters of a task's name that are shown."""
NUMBERS = 7
"""Numbers below the picture, at most."""
STYLE = """
    .stalls { display: block; width: 100%; max-width: 40rem; height: auto }
    .stalls text { fill: var(--color-foreground-primary, #1b1f24); font: 13px system-ui, sans-serif }
    .stalls .number { fill: var(--color-foreground-secondary, #4a525c); text-anchor: middle }
    .stalls .mark { stroke: var(--color-background-border, #dde1e6) }
    .stalls .waits { fill: var(--color-accent-soft, #e8f0fc); stroke: var(--color-brand-primary, #1d56b3) }
    .stalls .runs { fill: var(--color-brand-primary, #1d56b3) }
    .stalls .blocks { fill: var(--color-bad, #b3261e) }
    .stalls .still { fill: var(--color-bad, #b3261e); fill-opacity: 0.15 }
"""  # noqa: E501


def svg(check: Check, name: str) -> str:
    """Return the picture of a check's stall, "" where it has none; `name` begins its ids.

    What it shows stands in it as words, too.
    """
    spans = check.spans
    if not spans:
        return ""
    foot = ROW * len(rows(spans)) + 6
    parts = "\n  ".join(_parts(spans, foot))
    return (
        f'<svg class="stalls" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {foot + 24}"'
        f' role="img" aria-labelledby="{escape(name)}-title {escape(name)}-text">\n'
        f'  <title id="{escape(name)}-title">The event loop stood still</title>\n'
        f'  <desc id="{escape(name)}-text">{escape(" ".join(told(check)))}</desc>\n'
        f"  <style>{STYLE}  </style>\n  {parts}\n</svg>\n"
    )


def told(check: Check) -> Iterator[str]:
    """Yield what the picture shows, in sentences."""
    for span in check.spans:
        if span.kind == "blocks":
            yield f"{span.row} blocks the loop from {span.begin:.2f} to {span.end:.2f} seconds."
    for stall in check.stalls:
        where = f" on line {stall.line.number} of {stall.line.file}" if stall.line else ""
        yield f"It stood still for {stall.seconds * 1000:.0f} ms{where}."


def _parts(spans: Sequence[Span], foot: int) -> Iterator[str]:
    """Yield the axis, then the names and boxes, then a band through all rows for each stall."""
    names = rows(spans)
    left = max(len(name[:NAME]) for name in names) * LETTER + 10
    until = max(span.end for span in spans)
    scale = (WIDTH - left - 26) / until
    marks = list(ticks(until, NUMBERS))
    for at, (moment, number) in enumerate(marks, 1):
        x = left + moment * scale
        unit = " s" * (at == len(marks))
        yield f'<path class="mark" d="M{x:.1f} 4V{foot}"/>'
        yield f'<text class="number" x="{x:.1f}" y="{foot + 17}">{number}{unit}</text>'
    for at, name in enumerate(names):
        short = name if len(name) <= NAME else f"{name[: NAME - 1]}…"
        yield f'<text x="2" y="{ROW * at + 25}">{escape(short)}</text>'
    for kind in SIGNS:
        for span in spans:
            if span.kind == kind:
                top = ROW * names.index(span.row) + 10
                yield _box(span, kind, left, scale, top, ROW - 8)
    for span in spans:
        if span.kind == "blocks":
            yield _box(span, "still", left, scale, 4, foot - 4)


def _box(span: Span, kind: str, left: float, scale: float, top: int, height: int) -> str:
    """Return a box: a moment is at least a line."""
    x, width = left + span.begin * scale, max((span.end - span.begin) * scale, 2)
    return f'<rect class="{kind}" x="{x:.1f}" width="{width:.1f}" y="{top}" height="{height}"/>'
