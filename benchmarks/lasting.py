"""Benchmark of many saves of one exercise: whether latency, memory or open files grow.

Each check has a process of its own; the process of the course runs for a whole day.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from statistics import median

import psutil

from benchmarks.figures import Figures, Row, Settings
from benchmarks.saving import contents, saver_in_copy
from benchmarks.verdict import percentile

PARTS, MORE = 5, 10
"""The number of rows; the factor by which `Settings.saves` is multiplied."""
TITLE = "lasting: saves of one exercise; nothing grows from the first line to the last"


def run(settings: Settings) -> Figures:
    """Save an exercise of a copy of the course repeatedly; two workers share its suite."""
    return asyncio.run(_measure(settings))


async def _measure(settings: Settings) -> Figures:
    each = max(1, settings.saves * MORE // PARTS)
    rows: list[Row] = []
    async with saver_in_copy() as saver:
        (exercise,) = saver.course.select("greet")
        files = contents(exercise)
        for part in range(PARTS):
            settings.log(f"saves {part * each + 1} to {(part + 1) * each}")
            clocks = [(await saver.save(exercise, next(files))).clock for _ in range(each)]
            await saver.pool.ready()
            rows.append(row(part * each, clocks, rows[0] if rows else None))
    return Figures(TITLE, tuple(rows))


def row(before: int, clocks: Sequence[float], first: Row | None) -> Row:
    """Return a row: times in milliseconds, and the resources of this process after the saves."""
    process = psutil.Process()
    p50 = median(clocks)
    held = process.num_fds() if hasattr(process, "num_fds") else len(process.open_files())
    return {
        "saves": f"{before + 1}–{before + len(clocks)}",
        "p50_ms": round(p50),
        "p95_ms": round(percentile(clocks, 95)),
        "of_first": round(p50 / float(first["p50_ms"]), 2) if first else 1.0,
        "memory_MiB": round(process.memory_info().rss / 1024**2, 1),
        "open": held,
        "children": len(process.children(recursive=True)),
        "tasks": len(asyncio.all_tasks()),
    }
