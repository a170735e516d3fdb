"""The time line as a picture: SVG, which follows the colours of the page that it stands on."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

from .drawing import SIGNS
from .timeline import Timeline

FRAME = Template((Path(__file__).parent / "frame.svg").read_text(encoding="utf-8"))
LEFT, WIDTH, ROW = 48, 336, 34
"""Where the rows begin, how wide they are, and how high each is; the picture is 400 wide."""


def svg(timeline: Timeline, name: str, title: str, until: float | None = None) -> str:
    """Return the picture; what it shows stands in it as words, too."""
    until = until or timeline.end or 0.1
    foot = ROW * len(timeline.rows) + 6
    parts = [*axis(until, foot), *rows(timeline, until), *still(timeline, until, foot)]
    return FRAME.substitute(
        name=name,
        title=escape(title),
        says=escape(" ".join(told(timeline))),
        height=foot + 24,
        parts="\n  ".join(parts),
    )


def place(begin: float, end: float, until: float) -> str:
    """Return where a box begins and how wide it is: a moment is at least a line."""
    width = max((end - begin) / until * WIDTH, 3)
    return f'x="{LEFT + begin / until * WIDTH:.1f}" width="{width:.1f}"'


def still(timeline: Timeline, until: float, foot: int) -> Iterator[str]:
    """Yield a band through all rows for each time that the loop stood still."""
    for span in timeline.of(None, "blocks"):
        where = place(span.begin, span.end, until)
        yield f'<rect class="still" {where} y="4" height="{foot - 4}"/>'


def axis(until: float, foot: int) -> Iterator[str]:
    """Yield a line and a number for each tenth of a second, or for each whole one."""
    unit = 0.1 if until < 1.2 else 1.0
    last = int(until / unit + 0.001)
    for tick in range(last + 1):
        x = LEFT + tick * unit / until * WIDTH
        number = (f"{tick * unit:.1f}" if unit < 1 else f"{tick}") + " s" * (tick == last)
        yield f'<path class="mark" d="M{x:.1f} 4V{foot}"/>'
        yield f'<text class="number" x="{x:.1f}" y="{foot + 17}">{number}</text>'


def rows(timeline: Timeline, until: float) -> Iterator[str]:
    """Yield the name and the boxes of each row."""
    for number, row in enumerate(timeline.rows):
        top = ROW * number + 6
        yield f'<text x="2" y="{top + 21}">{escape(row)}</text>'
        for kind in SIGNS:
            for span in timeline.of(row, kind):
                where = place(span.begin, span.end, until)
                yield f'<rect class="{kind}" {where} y="{top + 4}" height="{ROW - 8}" rx="2"/>'


def told(timeline: Timeline) -> Iterator[str]:
    """Yield what the picture shows, in sentences."""
    for row in timeline.rows:
        begin, end = timeline.of(row)[0].begin, timeline.of(row)[-1].end
        yield f"{row} from {begin:.2f} to {end:.2f} seconds."
        for span in timeline.of(row, "blocks"):
            yield f"{row} blocks the loop from {span.begin:.2f} to {span.end:.2f} seconds."
