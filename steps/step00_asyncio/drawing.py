"""The time line as text."""

import asyncio
from collections.abc import Coroutine

import click

from .timeline import Timeline
from .watching import recording

SIGNS = {"waits": "-", "runs": "#", "blocks": "X"}
"""What each kind looks like; where two meet, the later one is seen."""
LEGEND = "runs #   waits -   blocks the loop X"
COLUMNS = 100
"""For each second."""


def show(work: Coroutine[object, object, None]) -> None:
    """Run a program as `asyncio.run` does, then print its time line."""
    with recording() as timeline:
        asyncio.run(work)
    click.echo(f"\n{text(timeline)}")


def text(timeline: Timeline) -> str:
    """Return the time line as text: a column is a hundredth of a second."""
    names = timeline.rows
    margin = max(map(len, names), default=0) + 2
    ticks = range(int(timeline.end * 10) + 1)
    ruler = "".join(f"{tick / 10:<{COLUMNS // 10}.1f}" for tick in ticks).rstrip()
    lines = [f"{name:{margin}}{bar(timeline, name)}" for name in names]
    return "\n".join([f"{'':{margin}}{ruler} s", *lines, LEGEND])


def bar(timeline: Timeline, row: str) -> str:
    """Return a row of the text."""
    signs = [" "] * (int(timeline.end * COLUMNS) + 1)
    for kind, sign in SIGNS.items():
        for span in timeline.of(row, kind):
            for column in range(int(span.begin * COLUMNS), int(span.end * COLUMNS) + 1):
                signs[column] = sign
    return "".join(signs).rstrip()
