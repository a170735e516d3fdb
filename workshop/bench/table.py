"""Figures → tables in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workshop.bench.figures import Figures, Row, Settings, Value

WIDTH = 100
"""Of a line where the output is no terminal, in characters."""
MACHINE = (
    "{cores} cores, Python {python}, aiohttp {aiohttp}, {system};"
    " load average before the run {load_average}"
)


def show(machine: Row, settings: Settings, found: Iterable[Figures]) -> None:
    """Print the machine in a line, then a table for each benchmark."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    console.print(MACHINE.format(**machine))
    console.print(f"{settings.rounds} rounds of {settings.seconds:g} s for each side, in turn")
    for figures in found:
        console.print(f"\n{figures.title}", style="bold")
        console.print(table(figures))


def table(figures: Figures) -> Table:
    """Lay the rows out: a column for each key, numbers to the right."""
    made = Table(box=box.SIMPLE_HEAD, padding=0, pad_edge=False)
    names = list(dict.fromkeys(name for row in figures.rows for name in row))
    for name in names:
        numbers = all(isinstance(row.get(name, 0), int | float) for row in figures.rows)
        made.add_column(name.replace("_", " "), justify="right" if numbers else "left")
    for row in figures.rows:
        made.add_row(*(cell(row.get(name, "")) for name in names))
    return made


def cell(value: Value) -> Text:
    """Write a value out."""
    return Text(f"{value:,}" if isinstance(value, int) else str(value))
