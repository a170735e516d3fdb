"""What a benchmark is told and what it gives back; views only read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Value = str | float
Row = Mapping[str, Value]
"""One line of the table; a key says its unit: `p99_ms`, `peak_MiB`."""


class BenchmarkError(Exception):
    """A figure would be worthless, or cannot be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How long and how often to measure."""

    seconds: float = 0.5
    """The length of one measurement."""
    rounds: int = 9
    """How often each side is measured, in turn."""
    saves: int = 50
    """How many saves are measured, for each step."""
    say: Callable[[str], None] = lambda text: None
    """Told what is being measured."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The outcome of one benchmark."""

    title: str
    rows: tuple[Row, ...]
