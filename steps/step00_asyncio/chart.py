"""The race as a chart: a bar for each way, and a line where no way can be faster."""

from collections.abc import Iterator, Sequence
from html import escape

from .picture import FRAME

WIDTH, ROW = 300, 44
"""The longest bar, and the height of a row; the picture is 400 wide."""


def svg(laps: Sequence[tuple[str, float]], limit: float) -> str:
    """Return the chart of (way, seconds); the first way is the one to compare with."""
    foot = ROW * len(laps) + 4
    scale = WIDTH / max(seconds for _, seconds in laps)
    x = 4 + limit * scale
    marks = "".join(f"M{x:.1f} {ROW * row + 19}v20" for row in range(len(laps)))
    line = f'<path class="limit" d="{marks}"/>'
    words = f'<text x="4" y="{foot + 18}">dashed: the limit, {limit:g} s</text>'
    return FRAME.substitute(
        name="race",
        title="Seven pages, five ways",
        says=escape(" ".join(f"{way}: {seconds:.3f} seconds." for way, seconds in laps)),
        height=foot + 26,
        parts="\n  ".join([*bars(laps, scale), line, words]),
    )


def bars(laps: Sequence[tuple[str, float]], scale: float) -> Iterator[str]:
    """Yield the name, the bar and the figures of each way."""
    for number, (way, seconds) in enumerate(laps):
        top, width = ROW * number, seconds * scale
        faster = f" · {laps[0][1] / seconds:.1f}×" if number else ""
        yield f'<text x="4" y="{top + 16}">{escape(way)}</text>'
        yield f'<rect class="took" x="4" y="{top + 21}" width="{width:.1f}" height="16" rx="2"/>'
        yield f'<text x="{width + 9:.1f}" y="{top + 34}">{seconds:.3f} s{faster}</text>'
