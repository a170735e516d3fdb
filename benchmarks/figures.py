"""Settings and results of benchmarks, facts about the machine, and the printed tables."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version

import psutil
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

Value = str | float
Row = Mapping[str, Value]
"""One row of a table; keys end with the unit, such as `p99_ms`, `peak_MiB`."""
WIDTH = 100
"""The width of a line in characters where the output is not a terminal."""
MACHINE = (
    "{cores} cores, Python {python}, aiohttp {aiohttp}, {system};"
    " load average before the run {load_average}"
)


class BenchmarkError(Exception):
    """A measurement is impossible or invalid; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How long and how often to measure."""

    seconds: float = 0.5
    """The length of one measurement."""
    rounds: int = 9
    """How often each side is measured, alternately."""
    saves: int = 50
    """How many saves of each step are measured."""
    log: Callable[[str], None] = lambda text: None
    """Called with the title of the next measurement."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The result of one benchmark: a table."""

    title: str
    rows: tuple[Row, ...]


def machine() -> Row:
    """Return the number of cores, versions, and the load average of the last minute."""
    return {
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "aiohttp": version("aiohttp"),
        "system": f"{platform.system()} {platform.machine()}",
        "load_average": round(psutil.getloadavg()[0], 2),
    }


def show(facts: Row, settings: Settings, found: Iterable[Figures]) -> None:
    """Print a line about the machine, then a table for each benchmark."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    console.print(MACHINE.format(**facts))
    console.print(f"{settings.rounds} rounds of {settings.seconds:g} s for each side, in turn")
    for figures in found:
        console.print(f"\n{figures.title}", style="bold")
        console.print(table(figures))


def table(figures: Figures) -> Table:
    """Return a table with a column for each key; numbers are right-aligned."""
    made = Table(box=box.SIMPLE_HEAD, padding=0, pad_edge=False)
    names = list(dict.fromkeys(name for row in figures.rows for name in row))
    for name in names:
        numbers = all(isinstance(row.get(name, 0), int | float) for row in figures.rows)
        made.add_column(name.replace("_", " "), justify="right" if numbers else "left")
    for row in figures.rows:
        made.add_row(*(_cell(row.get(name, "")) for name in names))
    return made


def _cell(value: Value) -> Text:
    return Text(f"{value:,}" if isinstance(value, int) else str(value))
